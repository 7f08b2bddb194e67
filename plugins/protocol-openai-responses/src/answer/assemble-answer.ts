import { isJsonObject, type CanonicalEvent, type ContentBlock, type JsonObject, type Loss } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';

/** The blocks that a complete answer spells out, and what it could not carry. */
export interface AssembledAnswer {
  readonly content: readonly ContentBlock[];
  readonly losses: readonly Loss[];
}

/** Puts the blocks of a complete answer together. */
export function assembleAnswer(events: readonly CanonicalEvent[]): AssembledAnswer {
  const content: ContentBlock[] = [];
  const losses: Loss[] = [];
  let json = '';
  for (const event of events) {
    if (event.type === 'loss') losses.push(event.loss);
    else if (event.type === 'content_block_start') {
      json = '';
      content.push({ ...event.content_block });
    } else if (event.type === 'content_block_delta') {
      const block = content.at(-1);
      if (event.delta.type === 'input_json_delta') json += event.delta.partial_json;
      else if (block !== undefined) grow(block, event.delta);
    } else if (event.type === 'content_block_stop') {
      const block = content.at(-1);
      if (block?.type === 'tool_use' || block?.type === 'server_tool_use')
        block.input = readInput(json, `content[${event.index}].input`, losses);
    }
  }
  return { content, losses };
}

type ProseDelta = Exclude<Extract<CanonicalEvent, { type: 'content_block_delta' }>['delta'], { partial_json: string }>;

function grow(block: ContentBlock, delta: ProseDelta): void {
  if (block.type === 'text' && delta.type === 'text_delta') block.text += delta.text;
  else if (block.type === 'text' && delta.type === 'citations_delta')
    block.citations = [...(block.citations ?? []), delta.citation];
  else if (block.type === 'thinking' && delta.type === 'thinking_delta') block.thinking += delta.thinking;
  else if (block.type === 'thinking' && delta.type === 'signature_delta') block.signature = delta.signature;
}

/**
 * Arguments that are not a JSON object are handed over whole under one key no tool has. A stream can pass them on as
 * they are, and the client then reports bad JSON to the model; here an object must be made of them, and an empty one
 * would look like a call without arguments.
 */
function readInput(json: string, path: string, losses: Loss[]): JsonObject {
  if (json.trim() === '') return {};
  const parsed = parseJson(json);
  // Some servers encode twice.
  const value = typeof parsed === 'string' ? parseJson(parsed) : parsed;
  if (isJsonObject(value)) return value;
  const reason = 'The arguments of the call are not a JSON object and are passed on as text.';
  losses.push({ kind: 'degraded', path, feature: 'tool_arguments', reason });
  return { unparsed_arguments: json };
}
