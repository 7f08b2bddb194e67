import { isJsonObject, type Json, type JsonObject, type RedactedThinkingBlock, type ThinkingBlock } from '@claudex/sdk';
import { openState, type OpenedState } from '@claudex/sdk/codec';
import type { ReasoningField } from '../answer/reasoning-state.ts';
import type { Encoding } from './encoding.ts';

/*
 * Reasoning of earlier turns, for the provider that wants its own back. Which field it came in stands in the state that
 * the answer side sealed into the signature; the text itself stands in the block, so the state does not repeat it.
 */

/** Where the text of reasoning can go. Entries of `reasoning_details` are no text. */
type TextField = Exclude<ReasoningField, 'reasoning_details'>;

/** One thing to put into the assistant's message. */
export type ReplayedReasoning =
  | { readonly kind: 'text'; readonly field: TextField; readonly text: string }
  | { readonly kind: 'details'; readonly details: JsonObject[] }
  /** Copilot's encrypted reasoning. */
  | { readonly kind: 'opaque'; readonly value: string }
  /** What Gemini wants back on a call; `call` is the id that the client knows. */
  | { readonly kind: 'call'; readonly call: string; readonly value: JsonObject; readonly path: string };

const REFUSALS: { readonly [Refusal in Extract<OpenedState, { refusal: string }>['refusal']]: string } = {
  unsigned: 'Nobody signed this reasoning, so it is not sent.',
  foreign: "This reasoning carries another vendor's signature, so it is not sent.",
  elsewhere: 'This reasoning belongs to another provider, protocol or model, so it is not sent.',
  damaged: 'The state of this reasoning is damaged, so it is not sent.',
};

/** Opens what a block carries. Whatever cannot be opened is a loss, and nothing of it is sent. */
export function openReasoning(
  block: ThinkingBlock | RedactedThinkingBlock,
  path: string,
  encoding: Encoding,
): ReplayedReasoning[] {
  const { losses, context } = encoding;
  const [thinking, signature] = block.type === 'thinking' ? [block.thinking, block.signature] : ['', block.data];
  const opened = openState(encoding.stateKey, signature);
  const pieces = 'state' in opened ? readState(opened.state, thinking, path) : undefined;
  if (pieces === undefined) {
    losses.dropped(path, 'foreign_thinking', REFUSALS['refusal' in opened ? opened.refusal : 'damaged']);
    return [];
  }
  const replay = context.quirks.reasoningReplay ?? 'received';
  if (replay === 'received' || pieces.length === 0) return pieces;
  if (replay === 'none') {
    losses.dropped(path, 'thinking', 'This provider wants none of its reasoning back.');
    return [];
  }
  return pieces.flatMap((piece) => redirect(piece, replay, thinking, path, encoding));
}

/** What a state stands for; `undefined` when it makes no sense. */
function readState(state: JsonObject, thinking: string, path: string): ReplayedReasoning[] | undefined {
  const { field } = state;
  switch (field) {
    case 'reasoning_content':
    case 'reasoning':
    case 'reasoning_text':
    case 'content':
    case 'tags':
      return textIn(field, thinking);
    case 'reasoning_details': {
      const details = restoreDetails(state, thinking);
      if (details?.length === 0) return [];
      return details && [{ kind: 'details', details }];
    }
    case 'reasoning_opaque': {
      const { value, text } = state;
      if (typeof value !== 'string') return undefined;
      return [...(text === true ? textIn('reasoning_text', thinking) : []), { kind: 'opaque', value }];
    }
    case 'extra_content': {
      const { call, value } = state;
      return typeof call === 'string' && isJsonObject(value) ? [{ kind: 'call', call, value, path }] : undefined;
    }
    default:
      return undefined;
  }
}

function textIn(field: TextField, thinking: string): ReplayedReasoning[] {
  return thinking === '' ? [] : [{ kind: 'text', field, text: thinking }];
}

/**
 * Puts the texts back into the entries they were taken out of: `lengths` holds one length per entry, in UTF-16 units of
 * the block's text, and null for an entry that has none. Without lengths the entries are complete as they are.
 * `undefined` when the lengths do not add up.
 */
function restoreDetails({ details, lengths }: JsonObject, thinking: string): JsonObject[] | undefined {
  if (!Array.isArray(details) || !details.every(isJsonObject)) return undefined;
  if (lengths === undefined) return details;
  if (!Array.isArray(lengths) || lengths.length !== details.length) return undefined;
  let start = 0;
  const restored = details.map((detail, position) => {
    const length = lengths[position] ?? null;
    if (typeof length !== 'number') return detail;
    const end = start + length;
    const text = thinking.slice(start, end);
    start = end;
    return { ...detail, [detail['type'] === 'reasoning.summary' ? 'summary' : 'text']: text };
  });
  return lengths.every(isLength) && start === thinking.length ? restored : undefined;
}

function isLength(value: Json): boolean {
  return value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
}

/** Takes the text to the one field a provider accepts. What is no text stays where it belongs. */
function redirect(
  piece: ReplayedReasoning,
  field: 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'tags',
  thinking: string,
  path: string,
  encoding: Encoding,
): ReplayedReasoning[] {
  if (piece.kind === 'text' && field === 'reasoning_details')
    return [{ kind: 'details', details: [{ type: 'reasoning.text', text: piece.text }] }];
  if (piece.kind === 'text' && field !== 'reasoning_details') return [{ ...piece, field }];
  if (piece.kind !== 'details' || field === 'reasoning_details') return [piece];
  encoding.losses.degraded(path, 'thinking', 'Only the text of this reasoning is sent back to this provider.');
  return textIn(field, thinking);
}
