import { NOTES, reminder, type Conversation, type Instruction, type TurnItem } from '@claudex/sdk/codec';
import type { ResponsesInputItem, ResponsesInputPart, ResponsesTextPart } from '../wire.ts';
import { encodeAssistantTurn, type TurnStretch } from './assistant-turn.ts';
import { encodeBlock, noteCacheControl } from './content.ts';
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
 * Writes the turns of a conversation, in which calls that stood together are directly followed by their outputs. No
 * message is empty, and a longer conversation begins with the very items of the shorter one.
 */
export function encodeInput(turns: Conversation['turns'], encoding: Encoding): ResponsesInputItem[] {
  const list = new ItemList();
  let said: readonly TurnStretch[] = [];
  for (const turn of turns) {
    if (turn.role === 'assistant') {
      said = encodeAssistantTurn(turn, encoding);
    } else {
      encodeExchange(said, turn.items, list, encoding);
      said = [];
    }
  }
  encodeExchange(said, [], list, encoding);
  const input = list.finish();
  if (input.length > 0) return input;
  // Nobody answers a request without input.
  encoding.losses.adjusted('messages', 'empty_conversation', 'A conversation that says nothing is filled in.');
  return [{ type: 'message', role: 'user', content: [text(NOTES.emptyMessage)] }];
}

/** What an instruction says, without the cache breakpoint that nothing here can carry. */
export function instructionText(instruction: Instruction, encoding: Encoding): string {
  noteCacheControl(instruction, instruction.path, encoding);
  return instruction.text;
}

/** Instructions as a message of the conversation. */
export function instructionMessage(instruction: string, encoding: Encoding): ResponsesInputItem {
  const content: ResponsesTextPart[] = [{ type: 'input_text', text: instruction }];
  return { type: 'message', role: encoding.context.quirks.instructionRole ?? 'developer', content };
}

/** Writes a turn of the assistant and the turn of the user that answers it. */
function encodeExchange(
  said: readonly TurnStretch[],
  items: readonly TurnItem[],
  list: ItemList,
  encoding: Encoding,
): void {
  const calls = said.flatMap((stretch) => stretch.calls);
  const { outputs, media, rest } = encodeResults(calls, items, encoding);
  const endsWithCalls = (said.at(-1)?.calls.length ?? 0) > 0;
  const isAppended = endsWithCalls && media.length === 0 && mayAppend(rest, encoding);
  const last = isAppended ? outputs.at(-1) : undefined;
  const later = last === undefined ? rest : appendTo(last, rest, encoding);
  addStretches(said, outputs, list);
  list.user(media);
  for (const item of later) {
    const parts = userParts(item, encoding);
    if (parts !== undefined) list.user(parts);
    else if (item.kind === 'instruction') list.add(instructionMessage(instructionText(item, encoding), encoding));
  }
}

/** `outputs` are those of all calls, in the order of the calls. */
function addStretches(said: readonly TurnStretch[], outputs: readonly CallOutput[], list: ItemList): void {
  let answered = 0;
  for (const { items, calls } of said) {
    for (const item of items) list.add(item);
    for (const { item } of calls) list.add(item);
    for (const output of outputs.slice(answered, answered + calls.length)) list.add(outputItem(output));
    answered += calls.length;
  }
}

/** Whether all of this may stand in an output: where pictures need a message of the user, the text may as well. */
function mayAppend(items: readonly TurnItem[], { context: { quirks } }: Encoding): boolean {
  if (quirks.textAfterToolResults !== 'append') return false;
  const isText = (item: TurnItem): boolean => item.kind === 'instruction' || item.block.type === 'text';
  return quirks.toolResultMedia !== 'message' || items.every(isText);
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
    return [text(reminder(instructionText(item, encoding)))];
  }
  if (item.block.type === 'tool_result') return encodeOrphan(item.block, item.path, encoding);
  return encodeBlock(item.block, item.path, encoding);
}
