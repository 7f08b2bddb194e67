import { jsonTextOf } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatToolCallPiece } from '../wire.ts';
import { readContent } from './content.ts';
import { readPlainReasoning } from './reasoning.ts';
import type { ToolCall } from './tool-calls.ts';

/** What the deltas of an answer have said. */
export interface Said {
  readonly text: string;
  /** UTF-16 units of reasoning. */
  readonly reasoning: number;
  readonly refused: boolean;
  readonly calls: readonly ToolCall[];
}

/** What a summary adds to the deltas. */
interface News {
  readonly answer: ChatAnswer;
  /** Whether it contradicts them. */
  readonly differs: boolean;
}

/**
 * Compares a whole message with the deltas in front of it. Most repeat them, but some servers tell of calls, or of the
 * end of the text, only there.
 */
export function newsOf(message: ChatAnswer, said: Said): News {
  const { content: _content, tool_calls: _calls, function_call, refusal, ...others } = message;
  const text = missingText(textIn(message), said.text);
  const pieces = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  const differs =
    text === undefined ||
    pieces.some((piece, position) => isContradicted(said.calls[position], piece)) ||
    (said.reasoning > 0 && reasoningIn(message) > said.reasoning);
  const rest = said.reasoning > 0 ? withoutReasoning(others) : others;
  const answer: ChatAnswer = { ...rest, content: text ?? '', tool_calls: pieces.slice(said.calls.length) };
  if (said.calls.length === 0 && function_call) answer.function_call = function_call;
  if (!said.refused && refusal) answer.refusal = refusal;
  return { answer, differs };
}

/** What deltas left out at the end of a text; `undefined` where they said something else. */
function missingText(whole: string, said: string): string | undefined {
  if (whole.startsWith(said)) return whole.slice(said.length);
  // Servers trim their summaries and leave reasoning out of them.
  return said.trimEnd().endsWith(whole.trim()) ? '' : undefined;
}

function textIn({ content }: ChatAnswer): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  let whole = '';
  const text = (more: string): void => {
    whole += more;
  };
  readContent(content, { text, thinking: () => undefined });
  return whole;
}

function reasoningIn(message: ChatAnswer): number {
  let length = 0;
  const thinking = (text: string): void => {
    length += text.length;
  };
  readPlainReasoning(message, { thinking, unknownReasoning: () => undefined });
  return length;
}

function isContradicted(call: ToolCall | undefined, piece: ChatToolCallPiece | null): boolean {
  if (call === undefined) return false;
  const { name, arguments: json } = piece?.function ?? {};
  return name !== call.name || jsonTextOf(json).trim() !== call.arguments.trim();
}

function withoutReasoning({
  reasoning_content: _content,
  reasoning: _reasoning,
  reasoning_text: _text,
  reasoning_opaque: _opaque,
  reasoning_details: _details,
  ...others
}: ChatAnswer): ChatAnswer {
  return others;
}
