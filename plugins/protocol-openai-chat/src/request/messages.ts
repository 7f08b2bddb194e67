import { readConversation, type TurnItem } from '@claudex/sdk/codec';
import type { ChatMessage, ChatPart } from '../wire.ts';
import { encodeAssistantTurn, type IssuedCall } from './assistant-turn.ts';
import { encodeBlock, flattenParts, text } from './content.ts';
import type { Encoding } from './encoding.ts';
import { encodeOrphan, encodeResults } from './tool-results.ts';

/** Collects messages and merges what the user says in a row into one. */
class MessageList {
  readonly #messages: ChatMessage[] = [];
  #user: ChatPart[] = [];

  user(parts: readonly ChatPart[]): void {
    this.#user.push(...parts);
  }

  add(message: ChatMessage): void {
    this.#flush();
    this.#messages.push(message);
  }

  finish(): ChatMessage[] {
    this.#flush();
    return this.#messages;
  }

  #flush(): void {
    if (this.#user.length > 0) this.#messages.push({ role: 'user', content: flattenParts(this.#user) });
    this.#user = [];
  }
}

/**
 * Writes the conversation: instructions first, then turns in which every call is directly followed by its
 * result. No message is empty, and no two user or assistant messages follow each other.
 */
export function encodeMessages(encoding: Encoding): ChatMessage[] {
  const { instructions, turns } = readConversation(encoding.context.request, encoding.losses);
  const role = encoding.context.quirks.instructionRole ?? 'system';
  const list = new MessageList();
  if (instructions.length > 0) list.add({ role, content: instructions.join('\n\n') });
  let calls: readonly IssuedCall[] = [];
  for (const turn of turns) {
    if (turn.role === 'user') {
      encodeUserTurn(calls, turn.items, list, encoding);
      calls = [];
      continue;
    }
    const encoded = encodeAssistantTurn(turn, encoding);
    if (encoded.message !== undefined) list.add(encoded.message);
    calls = encoded.calls;
  }
  if (calls.length > 0) encodeUserTurn(calls, [], list, encoding);
  return list.finish();
}

function encodeUserTurn(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  list: MessageList,
  encoding: Encoding,
): void {
  const { messages, media, rest } = encodeResults(calls, items, encoding);
  for (const message of messages) list.add(message);
  list.user(media);
  for (const item of rest) {
    if (item.kind === 'instruction') encodeInstruction(item.text, list, encoding);
    else if (item.block.type === 'tool_result') list.user(encodeOrphan(item.block, item.path, encoding));
    else list.user(encodeBlock(item.block, item.path, encoding));
  }
}

function encodeInstruction(instruction: string, list: MessageList, encoding: Encoding): void {
  const { midConversationSystem, instructionRole } = encoding.context.quirks;
  if (midConversationSystem === 'keep') list.add({ role: instructionRole ?? 'system', content: instruction });
  else list.user([text(`<system-reminder>\n${instruction}\n</system-reminder>`)]);
}
