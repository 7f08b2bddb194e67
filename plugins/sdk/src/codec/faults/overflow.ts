import type { Fault } from '../../index.ts';
import type { ErrorDetails } from './error-body.ts';
import { isQuoted } from './is-quoted.ts';
import { OVERFLOW_CODES, OVERFLOW_TEXTS, RATE_LIMIT_TEXT, type OverflowText } from './overflow-texts.ts';

/** What a provider says about a prompt that does not fit. Counts are tokens. */
interface Overflow {
  readonly promptTokens?: number;
  readonly maximumTokens?: number;
  /** Tokens reserved for the answer, where the provider counted them. */
  readonly answerTokens?: number;
}

/** The parts of a {@link Fault} that tell of a prompt that is too long, alone or together with the answer asked for. */
export type OverflowFault = Pick<Fault, 'kind' | 'message' | 'retryable' | 'promptTokens' | 'maximumTokens'>;

/**
 * Recognises by code or wording that a prompt is too long, in the dialects of all providers; wording about rates is not
 * that. Where only prompt and answer together are too long, the fault is of the kind `invalid-request`. `status` is the
 * answer's HTTP status, absent for an error inside a stream.
 */
export function readOverflow(details: ErrorDetails, status?: number): OverflowFault | undefined {
  const overflow = findOverflow(details, status);
  if (overflow === undefined) return undefined;
  const message = overflowMessage(overflow, details.message);
  if (isAboutAnswer(overflow)) return { kind: 'invalid-request', message, retryable: false };
  const { promptTokens, maximumTokens } = overflow;
  return {
    kind: 'context-overflow',
    message,
    retryable: false,
    ...(promptTokens !== undefined && { promptTokens }),
    ...(maximumTokens !== undefined && { maximumTokens }),
  };
}

function findOverflow(details: ErrorDetails, status: number | undefined): Overflow | undefined {
  const message = details.message ?? '';
  const coded = isOverflowCode(details.code) || isOverflowCode(details.type);
  if (!coded && RATE_LIMIT_TEXT.test(message)) return undefined;
  for (const text of OVERFLOW_TEXTS) {
    if (text.status !== undefined && text.status !== status) continue;
    const match = text.pattern.exec(message);
    if (match === null || (text.isCommon === true && isQuoted(message, match.index))) continue;
    return withFields(readFigures(text, match), details);
  }
  return coded ? withFields({}, details) : undefined;
}

/** The sentence clients recognise, with what the provider said in a second one. */
function overflowMessage(overflow: Overflow, message: string | undefined): string {
  const sentence = overflowSentence(overflow);
  if (message === undefined) return `${sentence}.`;
  return message.startsWith(sentence) ? message : `${sentence}. The provider said: ${message}`;
}

function overflowSentence(overflow: Overflow): string {
  const { promptTokens, maximumTokens, answerTokens } = overflow;
  if (isAboutAnswer(overflow)) {
    return `input length and \`max_tokens\` exceed context limit: ${promptTokens} + ${answerTokens} > ${maximumTokens}`;
  }
  return promptTokens !== undefined && maximumTokens !== undefined
    ? `prompt is too long: ${promptTokens} tokens > ${maximumTokens} maximum`
    : "prompt is too long for this model's context window";
}

/** Whether a smaller answer would have made the request fit. */
function isAboutAnswer({ promptTokens, maximumTokens, answerTokens }: Overflow): boolean {
  return (
    answerTokens !== undefined &&
    promptTokens !== undefined &&
    maximumTokens !== undefined &&
    promptTokens <= maximumTokens
  );
}

function isOverflowCode(code: string | undefined): boolean {
  return code !== undefined && OVERFLOW_CODES.has(code);
}

function readFigures(text: OverflowText, match: RegExpExecArray): Overflow {
  const figures: { -readonly [Key in keyof Overflow]: Overflow[Key] } = {};
  const prompt = figure(match, text.prompt);
  const maximum = figure(match, text.maximum);
  const answer = figure(match, text.answer);
  if (prompt !== undefined) figures.promptTokens = prompt;
  if (maximum !== undefined) figures.maximumTokens = maximum;
  if (answer !== undefined) figures.answerTokens = answer;
  return figures;
}

function figure(match: RegExpExecArray, group: number | undefined): number | undefined {
  const digits = group === undefined ? undefined : match[group]?.replaceAll(',', '');
  const tokens = digits === undefined || digits === '' ? undefined : Number(digits);
  return Number.isSafeInteger(tokens) ? tokens : undefined;
}

/** Adds the figures that stand in fields, and takes out a prompt that fits: that was read out of something else. */
function withFields(overflow: Overflow, details: ErrorDetails): Overflow {
  const promptTokens = overflow.promptTokens ?? details.promptTokens;
  const maximumTokens = overflow.maximumTokens ?? details.maximumTokens;
  const { answerTokens } = overflow;
  const isPossible = answerTokens !== undefined || maximumTokens === undefined || (promptTokens ?? 0) > maximumTokens;
  return {
    ...(answerTokens !== undefined && { answerTokens }),
    ...(promptTokens !== undefined && isPossible && { promptTokens }),
    ...(maximumTokens !== undefined && { maximumTokens }),
  };
}
