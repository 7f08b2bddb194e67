import type { Break, Outcome } from '../reply.ts';
import { reply } from '../script/index.ts';
import type { ChatRequest } from '../wire.ts';

/** The ordinary answer, of which only half arrives. */
export function breakOff(request: ChatRequest, how: Break): Outcome {
  return { kind: 'reply', reply: reply(request, 'one'), breaksOff: how };
}
