import type { Fault, StopReason } from '@claudex/sdk';

/** Why an answer ended. `stop` depends on what was said, `failed` and `state` are failures. */
const FINISH_REASONS: { readonly [reason: string]: StopReason | 'stop' | 'failed' | 'state' } = {
  STOP: 'stop',
  FINISH_REASON_UNSPECIFIED: 'stop',
  MAX_TOKENS: 'max_tokens',
  SAFETY: 'refusal',
  RECITATION: 'refusal',
  LANGUAGE: 'refusal',
  BLOCKLIST: 'refusal',
  PROHIBITED_CONTENT: 'refusal',
  SPII: 'refusal',
  MODEL_ARMOR: 'refusal',
  IMAGE_SAFETY: 'refusal',
  IMAGE_PROHIBITED_CONTENT: 'refusal',
  IMAGE_RECITATION: 'refusal',
  MALFORMED_FUNCTION_CALL: 'failed',
  MALFORMED_RESPONSE: 'failed',
  UNEXPECTED_TOOL_CALL: 'failed',
  TOO_MANY_TOOL_CALLS: 'failed',
  MISSING_THOUGHT_SIGNATURE: 'state',
};

/** Longest text of a provider that is passed on, in characters. */
const MAX_MESSAGE = 500;

/** What an answer turned out to contain. */
interface AnswerSummary {
  readonly calledTools: boolean;
  /** Whether it has any text, reasoning or call. */
  readonly isEmpty: boolean;
}

/** Why the answer ended: the provider says `STOP` also where functions were called, so the content decides. */
export function stopReason(finish: string, { calledTools }: AnswerSummary): StopReason {
  const known = lookUp(finish);
  if (known === undefined || known === 'stop' || known === 'failed' || known === 'state')
    return calledTools ? 'tool_use' : 'end_turn';
  return known;
}

/**
 * The failure that a finish reason stands for, if it does: the model wrote a call that is none, or broke off for a reason
 * nobody knows without having said anything. Asked again, it most often answers.
 */
export function faultOfFinish(finish: string, detail: unknown, { isEmpty }: AnswerSummary): Fault | undefined {
  const known = lookUp(finish);
  const isUnknown = known === undefined && isEmpty;
  if (known !== 'failed' && known !== 'state' && !isUnknown) return undefined;
  const words = typeof detail === 'string' && detail !== '' ? `: ${detail.slice(0, MAX_MESSAGE)}` : '.';
  const message = `The provider broke the answer off (finish reason ${finish.slice(0, 64)})${words}`;
  if (known === 'state')
    return { kind: 'invalid-request', message, retryable: false, code: finish, refused: { part: 'state' } };
  return { kind: 'server', message, retryable: true, code: finish.slice(0, 64) };
}

function lookUp(finish: string): StopReason | 'stop' | 'failed' | 'state' | undefined {
  return Object.hasOwn(FINISH_REASONS, finish) ? FINISH_REASONS[finish] : undefined;
}
