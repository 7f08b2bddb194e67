import type { JsonObject } from '@claudex/sdk';
import { NOTES, readConversation, reminder, type Instruction, type TurnItem } from '@claudex/sdk/codec';
import type { GeminiContent, GeminiPart } from '../wire.ts';
import { encodeBlock, noteCacheControl } from './content.ts';
import type { Encoding } from './encoding.ts';
import { encodeModelTurn, type IssuedCall } from './model-turn.ts';
import { text, type SaidPart } from './parts.ts';
import { encodeOrphan, encodeResults } from './tool-results.ts';

/** Collects contents. Neighbours of one role become one, because roles have to alternate. */
class ContentList {
  readonly #contents: GeminiContent[] = [];

  add(role: GeminiContent['role'], parts: readonly (GeminiPart | JsonObject)[]): void {
    if (parts.length === 0) return;
    const last = this.#contents.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else this.#contents.push({ role, parts: [...parts] });
  }

  /** The contents; the user speaks first, because nobody answers anything else. */
  finish({ losses }: Encoding): GeminiContent[] {
    const [first] = this.#contents;
    if (first?.role === 'user') return this.#contents;
    const opening: GeminiContent = { role: 'user', parts: [text(NOTES.emptyMessage)] };
    if (first === undefined)
      losses.adjusted('messages', 'empty_conversation', 'A conversation that says nothing is filled in.');
    else losses.adjusted('messages', 'empty_message', 'A message of the user that says nothing is filled in.');
    return [opening, ...this.#contents];
  }
}

/** The instructions at the front, and the turns behind them. */
export interface EncodedConversation {
  readonly instructions: { text: string }[];
  readonly contents: GeminiContent[];
}

/** Writes the conversation. A turn with calls is directly followed by one that answers all of them. */
export function encodeConversation(encoding: Encoding): EncodedConversation {
  const { instructions, turns } = readConversation(encoding.context.request, encoding.losses);
  const list = new ContentList();
  let calls: readonly IssuedCall[] = [];
  for (const turn of turns) {
    if (turn.role === 'user') {
      list.add('user', encodeUserTurn(calls, turn.items, encoding));
      calls = [];
      continue;
    }
    const encoded = encodeModelTurn(turn, encoding);
    list.add('model', encoded.parts);
    calls = encoded.calls;
  }
  if (calls.length > 0) list.add('user', encodeUserTurn(calls, [], encoding));
  return {
    instructions: instructions.map((instruction) => text(wordsOf(instruction, encoding))),
    contents: list.finish(encoding),
  };
}

function encodeUserTurn(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  encoding: Encoding,
): (GeminiPart | SaidPart)[] {
  const { responses, media, rest } = encodeResults(calls, items, encoding);
  return [...responses, ...media, ...rest.flatMap((item) => encodeItem(item, encoding))];
}

function encodeItem(item: TurnItem, encoding: Encoding): SaidPart[] {
  if (item.kind === 'instruction') return [text(reminder(wordsOf(item, encoding)))];
  const { block, path } = item;
  return block.type === 'tool_result' ? encodeOrphan(block, path, encoding) : encodeBlock(block, path, encoding);
}

/** What an instruction says, without the cache breakpoint that nothing here can carry. */
function wordsOf(instruction: Instruction, encoding: Encoding): string {
  noteCacheControl(instruction, instruction.path, encoding);
  return instruction.text;
}
