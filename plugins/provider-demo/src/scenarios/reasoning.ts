import type { Outcome, PlannedCall } from '../reply.ts';
import { reply } from '../script/index.ts';
import type { ChatRequest } from '../wire.ts';

/** The ordinary answer after some visible reasoning. */
export function thinkFirst(request: ChatRequest): Outcome {
  const answer = reply(request, 'one');
  return { kind: 'reply', reply: { ...answer, reasoning: reasoningFor(answer.calls) } };
}

function reasoningFor(calls: readonly PlannedCall[]): string {
  const start = 'A script has no thoughts, but this is where a model would show them. ';
  const names = calls.map((call) => call.name).join(' and ');
  if (names !== '') return `${start}My table says: before answering, call ${names} and look at the result.`;
  return `${start}My table says: nothing more to look up, so answer now.`;
}
