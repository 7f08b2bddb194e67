import type { Outcome } from '../reply.ts';
import { reply } from '../script/index.ts';
import type { ChatRequest } from '../wire.ts';

const USUAL_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;

/** The ordinary answer with a pause before each chunk. `parameter` is the pause in milliseconds. */
export function goSlow(request: ChatRequest, parameter: string | undefined): Outcome {
  const asked = parameter === undefined ? USUAL_PAUSE_MS : Number(parameter);
  return { kind: 'reply', reply: reply(request, 'one'), pauseMs: Math.min(asked, LONGEST_PAUSE_MS) };
}
