import type { Conversation, TurnItem } from '@claudex/sdk/codec';
import type { ResponsesInputItem, ResponsesInputPart, ResponsesTextPart } from '../wire.ts';
import { encodeAssistantTurn, type IssuedCall } from './assistant-turn.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';
import { encodeOrphan, encodeResults, outputItem, type CallOutput } from './tool-results.ts';

/** Collects items and merges what the user says in a row into one message. */
class ItemList {
  readonly #items: ResponsesInputItem[] = [];
  #user: ResponsesInputPart[] = [];

  user(parts: readonly ResponsesInputPart[]): void {
    this.#user.push(...parts);
  }

  add(item: ResponsesInputItem): void {
    this.#flush();
    this.#items.push(item);
  }

  finish(): ResponsesInputItem[] {
    this.#flush();
    return this.#items;
  }

  #flush(): void {
    if (this.#user.length > 0) this.#items.push({ type: 'message', role: 'user', content: this.#user });
    this.#user = [];
  }
}

/**
 * Writes the turns of a conversation, in which the calls of one turn are directly followed by their outputs. No message
 * is empty, and a longer conversation begins with the very items of the shorter one.
 */
export function encodeInput(turns: Conversation['turns'], encoding: Encoding): ResponsesInputItem[] {
  const list = new ItemList();
  let calls: readonly IssuedCall[] = [];
  for (const turn of turns) {
    if (turn.role === 'user') {
      encodeUserTurn(calls, turn.items, list, encoding);
      calls = [];
      continue;
    }
    const encoded = encodeAssistantTurn(turn, encoding);
    for (const item of encoded.items) list.add(item);
    calls = encoded.calls;
  }
  if (calls.length > 0) encodeUserTurn(calls, [], list, encoding);
  return list.finish();
}

/** Instructions as a message of the conversation. */
export function instructionMessage(instruction: string, encoding: Encoding): ResponsesInputItem {
  const content: ResponsesTextPart[] = [{ type: 'input_text', text: instruction }];
  return { type: 'message', role: encoding.context.quirks.instructionRole ?? 'developer', content };
}

function encodeUserTurn(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  list: ItemList,
  encoding: Encoding,
): void {
  const { outputs, rest } = encodeResults(calls, items, encoding);
  const last = encoding.context.quirks.textAfterToolResults === 'append' ? outputs.at(-1) : undefined;
  const later = last === undefined ? rest : appendTo(last, rest, encoding);
  for (const output of outputs) list.add(outputItem(output));
  for (const item of later) {
    const parts = userParts(item, encoding);
    if (parts !== undefined) list.user(parts);
    else if (item.kind === 'instruction') list.add(instructionMessage(item.text, encoding));
  }
}

/** Adds what the user says to the output of a call, and returns what is left: instructions with a role of their own. */
function appendTo(output: CallOutput, items: readonly TurnItem[], encoding: Encoding): TurnItem[] {
  return items.filter((item) => {
    const parts = userParts(item, encoding);
    output.parts.push(...(parts ?? []));
    return parts === undefined;
  });
}

/** What an item of the user's turn says as the user; `undefined` for an instruction with a role of its own. */
function userParts(item: TurnItem, encoding: Encoding): ResponsesInputPart[] | undefined {
  if (item.kind === 'instruction') {
    if (encoding.context.quirks.midConversationSystem !== 'user') return undefined;
    return [text(`<system-reminder>\n${item.text}\n</system-reminder>`)];
  }
  if (item.block.type === 'tool_result') return encodeOrphan(item.block, item.path, encoding);
  return encodeBlock(item.block, item.path, encoding);
}
