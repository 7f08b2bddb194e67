import { say, type Reply } from '../reply.ts';
import type { ChatRequest } from '../wire.ts';
import { readConversation, textOf } from './conversation.ts';
import { sampleOf } from './sample.ts';

/** Stands in every summary, so that a later request shows that the conversation was compacted. */
export const SUMMARY_MARK = 'Summary by the scripted demo provider.';

const ASKS_FOR_SUMMARY =
  /<summary>|(?:create|write|provide) an? (?:\w+ ){0,3}summary of (?:the|this|our) conversation/i;
const LONGEST_TITLE = 48;

/**
 * The answer to a request that Claude Code makes on the side: JSON where a schema is wanted (session titles),
 * a summary where the conversation is compacted. Undefined for an ordinary turn.
 */
export function sideReply(request: ChatRequest): Reply | undefined {
  const { responseSchema, messages } = request;
  if (responseSchema !== undefined) {
    const task = readConversation(messages).task;
    return say(JSON.stringify(sampleOf(responseSchema, titleOf(task))));
  }
  return asksForSummary(request) ? say(summaryOf(request)) : undefined;
}

function asksForSummary({ messages }: ChatRequest): boolean {
  const last = messages.findLast((message) => message.role === 'user');
  const text = last === undefined ? '' : textOf(last);
  // What follows a compaction quotes our summary; it asks for nothing.
  return ASKS_FOR_SUMMARY.test(text) && !text.includes(SUMMARY_MARK);
}

function titleOf(task: string): string {
  const words = task.replaceAll(/\s+/g, ' ').trim();
  if (words === '') return 'Demo session';
  return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}

function summaryOf({ messages }: ChatRequest): string {
  const calls = messages.flatMap((message) => message.tool_calls ?? []);
  const names = [...new Set(calls.map((call) => call.function.name))];
  const used =
    names.length === 0 ? 'No tool was called.' : `${calls.length} tool calls were made (${names.join(', ')}).`;
  return `<summary>\n${SUMMARY_MARK} The conversation had ${messages.length} messages. ${used} Nothing is left to do.\n</summary>`;
}
