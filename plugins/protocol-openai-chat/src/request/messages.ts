import { readConversation, reminder, type Instruction, type TurnItem } from '@claudex/sdk/codec';
import type { ChatMessage, ChatPart, ChatTextPart } from '../wire.ts';
import type { IssuedCall } from './assistant-message.ts';
import { encodeAssistantTurn } from './assistant-turn.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import { MessageList } from './message-list.ts';
import { schemaInstruction } from './output-format.ts';
import { flattenParts, text } from './parts.ts';
import { encodeOrphan, encodeResults } from './tool-results.ts';

/** Something the user says, or an instruction that is kept as a message of its own. */
type Saying =
  | { readonly kind: 'part'; readonly part: ChatPart }
  | { readonly kind: 'instruction'; readonly part: ChatTextPart };

/**
 * Writes the conversation: instructions first, then turns in which every call is directly followed by its
 * result. No message is empty, and no two user or assistant messages follow each other.
 */
export function encodeMessages(encoding: Encoding): ChatMessage[] {
  const { instructions, turns } = readConversation(encoding.context.request, encoding.losses);
  const front = encodeFront(instructions, encoding);
  const list = new MessageList(encoding.losses);
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
  return [...front, ...list.finish()];
}

function encodeFront(instructions: readonly Instruction[], encoding: Encoding): ChatMessage[] {
  const parts = instructions.map((instruction) => encodeInstruction(instruction, encoding));
  const schema = schemaInstruction(encoding);
  if (schema !== undefined) parts.push(text(schema));
  if (parts.length === 0) return [];
  return [{ role: encoding.context.quirks.instructionRole ?? 'system', content: flattenParts(parts, '\n\n') }];
}

function encodeInstruction(
  instruction: Instruction,
  { breakpoints }: Encoding,
  words: string = instruction.text,
): ChatTextPart {
  const part = text(words);
  breakpoints.place(part, instruction, instruction.path);
  return part;
}

function encodeUserTurn(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  list: MessageList,
  encoding: Encoding,
): void {
  const { answers, media, rest } = encodeResults(calls, items, encoding);
  const sayings = media.map((part): Saying => ({ kind: 'part', part }));
  for (const item of rest) addSayings(sayings, item, encoding);
  const appended = appendable(sayings, encoding);
  const target = appended === undefined ? undefined : answers.at(-1)?.parts;
  if (appended !== undefined && target !== undefined) for (const part of appended) target.push(part);
  for (const { wireId, parts } of answers) list.add(toolMessage(wireId, parts));
  if (target !== undefined) return;
  for (const { kind, part } of sayings) {
    if (kind === 'part') list.user(part);
    else list.add({ role: encoding.context.quirks.instructionRole ?? 'system', content: flattenParts([part]) });
  }
}

function toolMessage(wireId: string, parts: readonly ChatPart[]): ChatMessage {
  const content = flattenParts(parts);
  const head = { role: 'tool', tool_call_id: wireId } as const;
  return typeof content === 'string' ? { ...head, content } : { ...head, content };
}

function addSayings(sayings: Saying[], item: TurnItem, encoding: Encoding): void {
  if (item.kind === 'instruction') {
    if (encoding.context.quirks.midConversationSystem === 'keep')
      sayings.push({ kind: 'instruction', part: encodeInstruction(item, encoding) });
    else sayings.push({ kind: 'part', part: encodeInstruction(item, encoding, reminder(item.text)) });
    return;
  }
  const { block, path } = item;
  const parts = block.type === 'tool_result' ? encodeOrphan(block, path, encoding) : encodeBlock(block, path, encoding);
  for (const part of parts) sayings.push({ kind: 'part', part });
}

/**
 * What may join the last tool message: all of it or nothing, because where pictures may not stand there, they need a
 * message of the user anyway.
 */
function appendable(sayings: readonly Saying[], encoding: Encoding): ChatPart[] | undefined {
  const { textAfterToolResults, toolResultMedia } = encoding.context.quirks;
  if (textAfterToolResults !== 'append') return undefined;
  const mayStay = ({ kind, part }: Saying): boolean =>
    kind === 'part' && (part.type === 'text' || toolResultMedia === 'inline');
  return sayings.every(mayStay) ? sayings.map(({ part }) => part) : undefined;
}
