import type { ChatMessage, WireToolCall } from '../wire.ts';

/** A call the assistant made and what came back; `result` is absent when nothing did. */
export interface AnsweredCall {
  readonly name: string;
  readonly arguments: { readonly [key: string]: unknown };
  readonly result?: string;
}

/** Where a conversation stands. */
export interface Conversation {
  /** What the user asked last, without the reminders that the client mixes in. */
  readonly task: string;
  /** The working directory as the client names it, if it does. */
  readonly folder?: string;
  /** The tool calls since the task, turn by turn. */
  readonly rounds: readonly (readonly AnsweredCall[])[];
}

// Claude Code wraps what it adds to the user's words in tags of these names.
const ADDED_BY_THE_CLIENT = /<((?:system|local-command|command)[\w-]*)>[\s\S]*?<\/\1>/g;
const WORKING_DIRECTORY = /working directory:[ \t]*(\S[^\r\n]*)/i;

/** Reads where the conversation stands. */
export function readConversation(messages: readonly ChatMessage[]): Conversation {
  const start = messages.findLastIndex((message) => message.role === 'user' && userWords(message) !== '');
  const asked = messages[start];
  const folder = findFolder(messages);
  return {
    task: asked === undefined ? '' : userWords(asked),
    rounds: readRounds(messages.slice(start + 1)),
    ...(folder !== undefined && { folder }),
  };
}

/** The text of a message; its parts are joined by line breaks. */
export function textOf(message: ChatMessage): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((part) => (typeof part?.text === 'string' ? [part.text] : [])).join('\n');
}

function userWords(message: ChatMessage): string {
  return textOf(message).replace(ADDED_BY_THE_CLIENT, '').trim();
}

function findFolder(messages: readonly ChatMessage[]): string | undefined {
  for (const message of messages) {
    if (message.role === 'assistant' || message.role === 'tool') continue;
    const found = WORKING_DIRECTORY.exec(textOf(message))?.[1]?.trim();
    if (found !== undefined) return found;
  }
  return undefined;
}

function readRounds(turn: readonly ChatMessage[]): AnsweredCall[][] {
  const results = new Map<string, string>();
  for (const message of turn) {
    if (message.role === 'tool' && message.tool_call_id !== undefined)
      results.set(message.tool_call_id, textOf(message));
  }
  const rounds = turn.map((message) => (message.tool_calls ?? []).map((call) => answered(call, results.get(call.id))));
  return rounds.filter((round) => round.length > 0);
}

function answered(call: WireToolCall, result: string | undefined): AnsweredCall {
  const { name, arguments: json } = call.function;
  return { name, arguments: readArguments(json), ...(result !== undefined && { result }) };
}

function readArguments(json: unknown): { [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(String(json));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
