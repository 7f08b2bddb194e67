import { say, type Outcome } from '../reply.ts';
import { sideReply } from '../script/index.ts';
import type { ChatRequest } from '../wire.ts';

const PARAGRAPHS = 60;

const SENTENCES = [
  'This paragraph is here to be long: it lets you watch a stream arrive in many small pieces.',
  'Claude Code shows each piece as it comes, and the proxy holds none of them back.',
  'Every piece left this script as a chunk of Chat Completions and reached you as an event of Anthropic Messages.',
  'If you stop the answer now, the proxy notices that its reader is gone and hangs up on me at once.',
  'If your terminal is slow, the proxy waits for it, and I wait for the proxy, so nobody fills memory.',
];

/** Some three thousand words, always the same ones. */
export function talkLong(request: ChatRequest): Outcome {
  return { kind: 'reply', reply: sideReply(request) ?? say(longText()) };
}

function longText(): string {
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, index) => `${index + 1}. ${paragraph(index)}`);
  return ['A long answer of a scripted provider, in sixty paragraphs.', ...paragraphs, 'That was all.'].join('\n\n');
}

function paragraph(index: number): string {
  const start = index % SENTENCES.length;
  return [...SENTENCES.slice(start), ...SENTENCES.slice(0, start)].slice(0, 3).join(' ');
}
