import type { ErrorDetails } from './error-body.ts';
import { OVERFLOW_CODES, OVERFLOW_TEXTS, RATE_LIMIT_TEXT, type OverflowText } from './overflow-texts.ts';

/** What a provider says about a prompt that does not fit. Counts are tokens. */
interface Overflow {
  readonly promptTokens?: number;
  readonly maximumTokens?: number;
  /** Set when the prompt alone would have fitted, but not together with the answer asked for. */
  readonly answerTokens?: number;
}

/** Recognises a context overflow by code or wording; wording about rates is not one. */
export function findOverflow(details: ErrorDetails): Overflow | undefined {
  const message = details.message ?? '';
  const coded = isOverflowCode(details.code) || isOverflowCode(details.type);
  if (!coded && RATE_LIMIT_TEXT.test(message)) return undefined;
  for (const text of OVERFLOW_TEXTS) {
    const match = text.pattern.exec(message);
    if (match !== null) return withFields(readFigures(text, match), details);
  }
  return coded ? withFields({}, details) : undefined;
}

/** The sentence clients recognise, with what the provider said in a second one. */
export function overflowMessage(overflow: Overflow, message: string | undefined): string {
  const sentence = overflowSentence(overflow);
  if (message === undefined) return `${sentence}.`;
  return message.startsWith(sentence) ? message : `${sentence}. The provider said: ${message}`;
}

function overflowSentence(overflow: Overflow): string {
  const { promptTokens, maximumTokens, answerTokens } = overflow;
  if (isAboutAnswer(overflow)) {
    return `input length and \`max_tokens\` exceed context limit: ${promptTokens} + ${answerTokens} > ${maximumTokens}`;
  }
  // Figures that would contradict the sentence were read out of something else.
  const known = promptTokens !== undefined && maximumTokens !== undefined && promptTokens > maximumTokens;
  return known
    ? `prompt is too long: ${promptTokens} tokens > ${maximumTokens} maximum`
    : "prompt is too long for this model's context window";
}

/** Whether a smaller answer would have made the request fit. */
export function isAboutAnswer(overflow: Overflow): boolean {
  const { promptTokens, maximumTokens, answerTokens } = overflow;
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
  return digits === undefined || digits === '' ? undefined : Number(digits);
}

function withFields(overflow: Overflow, details: ErrorDetails): Overflow {
  const promptTokens = overflow.promptTokens ?? details.promptTokens;
  const maximumTokens = overflow.maximumTokens ?? details.maximumTokens;
  return {
    ...overflow,
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(maximumTokens === undefined ? {} : { maximumTokens }),
  };
}
