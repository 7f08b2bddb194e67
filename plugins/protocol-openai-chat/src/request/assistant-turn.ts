import type { ToolUseBlock } from '@claudex/sdk';
import { noteCacheControl, type Turn } from '@claudex/sdk/codec';
import type { ChatAssistantMessage, ChatToolCall } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** A call as it was sent: what the next turn needs to answer it. */
export interface IssuedCall {
  /** The id the client knows. */
  readonly id: string;
  readonly wireId: string;
  readonly wireName: string;
  /** Where the call stood in the request. */
  readonly path: string;
}

/** The assistant's turn on the wire; no message when nothing of it can be said. */
interface EncodedAssistantTurn {
  readonly message?: ChatAssistantMessage;
  readonly calls: readonly IssuedCall[];
}

/** Turns the assistant's blocks into one message, because servers refuse empty ones and two in a row. */
export function encodeAssistantTurn(turn: Turn, encoding: Encoding): EncodedAssistantTurn {
  const texts: string[] = [];
  const toolCalls: ChatToolCall[] = [];
  const calls = new Map<string, IssuedCall>();
  for (const item of turn.items) {
    if (item.kind === 'instruction') continue;
    const { block, path } = item;
    noteCacheControl(block, path, encoding.losses);
    if (block.type === 'text') {
      if (block.citations !== undefined)
        encoding.losses.dropped(`${path}.citations`, 'citations', 'Text carries no citations here.');
      if (block.text !== '') texts.push(block.text);
    } else if (block.type === 'tool_use') {
      encodeCall(block, path, encoding, calls, toolCalls);
    } else if (block.type === 'thinking' || block.type === 'redacted_thinking') {
      // Without a sealed state nobody can tell whose reasoning it is, and foreign reasoning does more harm than none.
      encoding.losses.dropped(path, block.type, 'Reasoning of earlier turns is not sent back to this provider.');
    } else {
      const feature = block.type === 'opaque' ? 'opaque_block' : block.type;
      encoding.losses.dropped(path, feature, 'The assistant cannot have said this kind of content here.');
    }
  }
  if (texts.length === 0 && toolCalls.length === 0) return { calls: [] };
  const message: ChatAssistantMessage = { role: 'assistant', content: texts.length === 0 ? null : texts.join('\n') };
  if (toolCalls.length > 0) message.tool_calls = toolCalls;
  return { message, calls: [...calls.values()] };
}

function encodeCall(
  block: ToolUseBlock,
  path: string,
  encoding: Encoding,
  calls: Map<string, IssuedCall>,
  toolCalls: ChatToolCall[],
): void {
  if (calls.has(block.id)) {
    encoding.losses.dropped(
      path,
      'duplicate_tool_use',
      'A second call with the same id in one turn cannot be told from the first.',
    );
    return;
  }
  const wireId = encoding.ids.issue(block.id);
  const wireName = encoding.names.toWire(block.name);
  calls.set(block.id, { id: block.id, wireId, wireName, path });
  toolCalls.push({
    id: wireId,
    type: 'function',
    function: { name: wireName, arguments: JSON.stringify(block.input) },
  });
}
