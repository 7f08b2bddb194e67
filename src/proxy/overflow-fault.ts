import type { CodecContext, Fault } from '@claudex/sdk';
import { longestPrompt } from '../router/index.ts';

/** What is known about a prompt and its model. */
type KnownPrompt = Pick<CodecContext, 'facts' | 'estimatedInputTokens'>;

/** The sentence with both figures, on which clients shorten the conversation. */
const WITH_FIGURES = /^prompt is too long: \d+ tokens > \d+ maximum/;
/** The other sentence: a smaller answer would have fitted. */
const WITH_ANSWER = /^input length and `max_tokens` exceed context limit/;
/** What protocols put before the provider's words when they lack a figure. */
const LEAD = /^prompt is too long(?: for this model's context window)?[.:]?(?: The provider said:)?\s*/i;
/** How full a window has to be for an error without a word to be about it. */
const NEARLY_FULL = 0.8;

/**
 * Completes a fault with what only the proxy knows. A prompt that is too long always gets both figures: the provider's
 * own, else the size of the model's window and our estimate. Everything it said stays.
 */
export function completeFault(fault: Fault, context: KnownPrompt): Fault {
  // Some providers refuse such a request with 413 or 422, which means something else to clients.
  if (WITH_ANSWER.test(fault.message)) return { ...fault, status: 400 };
  if (fault.kind !== 'context-overflow' || WITH_FIGURES.test(fault.message)) return fault;
  const { promptTokens, maximumTokens } = figuresOf(fault, context);
  const said = fault.message.replace(LEAD, '');
  const sentence = `prompt is too long: ${promptTokens} tokens > ${maximumTokens} maximum`;
  const message = said === '' ? sentence : `${sentence}. The provider said: ${said}`;
  return { ...fault, message, promptTokens, maximumTokens };
}

/** Whether a fault says that the window is too small, for the prompt alone or together with the answer. */
export function isAboutWindow({ kind, message }: Fault): boolean {
  return kind === 'context-overflow' || WITH_ANSWER.test(message);
}

/** Whether a message about a window that is too small needs nothing more. */
export function isWordedForClients(message: string): boolean {
  return WITH_FIGURES.test(message) || WITH_ANSWER.test(message);
}

/** Takes 400 and 413 without a body for what Cerebras means by them, where the prompt nearly fills the window. */
export function readSilence(fault: Fault, body: string, { facts, estimatedInputTokens }: KnownPrompt): Fault {
  const isSilent = (fault.status === 400 || fault.status === 413) && body.trim() === '';
  const window = longestPrompt(facts) ?? Infinity;
  if (!isSilent || estimatedInputTokens <= window * NEARLY_FULL) return fault;
  return { ...fault, kind: 'context-overflow', message: 'prompt is too long', retryable: false };
}

/** The two figures never contradict the sentence. Of a window nobody knows it is only certain that the prompt is longer. */
function figuresOf(
  { promptTokens: counted, maximumTokens: stated }: Fault,
  { facts, estimatedInputTokens }: KnownPrompt,
): { promptTokens: number; maximumTokens: number } {
  const window = longestPrompt(facts);
  const isBelow = window !== undefined && (counted === undefined || counted > window);
  const maximum = stated ?? (isBelow ? window : undefined);
  const estimate = Math.max(Math.ceil(estimatedInputTokens), 1);
  if (maximum === undefined) {
    const promptTokens = counted ?? estimate;
    return { promptTokens, maximumTokens: promptTokens - 1 };
  }
  const fits = counted === undefined || counted <= maximum;
  return { promptTokens: fits ? Math.max(estimate, maximum + 1) : counted, maximumTokens: maximum };
}
