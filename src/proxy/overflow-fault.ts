import type { CodecContext, Fault } from '@claudex/sdk';

/** The sentence with both figures, on which clients shorten the conversation. */
const WITH_FIGURES = /^prompt is too long: \d+ tokens > \d+ maximum/;
/** The other sentence: a smaller answer would have fitted. */
const WITH_ANSWER = /^input length and `max_tokens` exceed context limit/;
/** What protocols put before the provider's words when they know no figures. */
const LEAD = /^prompt is too long(?: for this model's context window)?[.:]?(?: The provider said:)?\s*/i;

/**
 * Completes a fault with what only the proxy knows. A prompt that is too long gets both figures wherever the model's
 * window is known; where the provider did not count, the prompt's is our estimate. Everything it said stays.
 */
export function completeFault(fault: Fault, { facts, estimatedInputTokens }: CodecContext): Fault {
  // Some providers refuse such a request with 413 or 422, which means something else to clients.
  if (WITH_ANSWER.test(fault.message)) return { ...fault, status: 400 };
  if (fault.kind !== 'context-overflow' || isWordedForClients(fault.message)) return fault;
  const window = facts?.contextWindow;
  if (window === undefined) return fault;
  const tokens = Math.max(estimatedInputTokens, window + 1);
  const said = fault.message.replace(LEAD, '');
  const sentence = `prompt is too long: ${tokens} tokens > ${window} maximum`;
  return { ...fault, message: said === '' ? sentence : `${sentence}. The provider said: ${said}` };
}

/** Whether a message about a window that is too small needs nothing more. */
export function isWordedForClients(message: string): boolean {
  return WITH_FIGURES.test(message) || WITH_ANSWER.test(message);
}
