/** A name of the limit, as protocols and providers call it. */
const NAME = String.raw`['"\`]?\bmax(?:_(?:completion_|output_|new_)?tokens|OutputTokens|_tokens_to_sample)['"\`]?`;
const MOST = String.raw`(?:less than or equal to|smaller than or equal to|at most|no more than|<=|≤)`;
const TOKENS = String.raw`['"\`]?(\d[\d,]*)`;

interface OutputLimitText {
  readonly provider: string;
  /** Its one group holds the largest number of tokens. */
  readonly pattern: RegExp;
  /** The number itself is already too large. */
  readonly isExclusive?: true;
}

/** How providers word that a request asks for too long an answer. */
const OUTPUT_LIMIT_TEXTS: readonly OutputLimitText[] = [
  { provider: 'OpenAI, Azure', pattern: /supports at most ([\d,]+) (?:completion|output) tokens/i },
  {
    provider: 'OpenAI over Responses, FastAPI',
    pattern: new RegExp(
      String.raw`${NAME}: (?:integer above maximum value\. expected a value|input should be) ${MOST} ${TOKENS}`,
      'i',
    ),
  },
  { provider: 'Anthropic', pattern: new RegExp(String.raw`${NAME}: [\d,]+ > ${TOKENS}, which is the maximum`, 'i') },
  {
    provider: 'DeepSeek, Qwen',
    pattern: new RegExp(String.raw`range of ${NAME} (?:is|should be) \[\d+, ?${TOKENS}\]`, 'i'),
  },
  {
    provider: 'Vertex',
    pattern: new RegExp(
      String.raw`${NAME} value of [\d,]+ but the supported range is from .{1,20} to ${TOKENS} \(exclusive`,
    ),
    isExclusive: true,
  },
  { provider: 'Bedrock', pattern: /maximum tokens you requested exceeds the model limit of ([\d,]+)/i },
  { provider: 'vLLM', pattern: new RegExp(String.raw`${NAME}=\d+ cannot be greater than (?:\w+=)+${TOKENS}`, 'i') },
  {
    provider: 'Groq, Together, Cohere',
    pattern: new RegExp(String.raw`${NAME}(?: value)? (?:must|should|has to|needs to) be ${MOST} ${TOKENS}`, 'i'),
  },
  {
    provider: 'Mistral, Fireworks',
    pattern: new RegExp(
      String.raw`${NAME}(?: value)? (?:must|should|has to) be (?:in (?:the )?range|between) (?:of )?\[?\d+(?:,| and| to) ?${TOKENS}`,
      'i',
    ),
  },
  {
    provider: 'gateways',
    pattern: new RegExp(
      String.raw`${NAME}[^.]{0,40} (?:exceeds?|is (?:above|over|greater than|larger than)) (?:the |this )?(?:model's |model )?(?:maximum|limit)[^.\d]{0,40}${TOKENS}`,
      'i',
    ),
  },
  {
    provider: 'gateways',
    pattern: new RegExp(String.raw`${NAME} (?:cannot|can't|must not|may not) exceed ${TOKENS}`, 'i'),
  },
];

/** Words by which a limit depends on what this prompt leaves, so that another prompt has another one. */
const OF_THIS_PROMPT = /\b(?:context|prompt|remaining|left)\b/i;

/** Whether a limit holds for this prompt only. */
export function isOfThisPrompt(text: string): boolean {
  return OF_THIS_PROMPT.test(text);
}

/** The most tokens of an answer that a request may ask for, where an error text says so. */
export function findOutputLimit(text: string): number | undefined {
  for (const { pattern, isExclusive } of OUTPUT_LIMIT_TEXTS) {
    const tokens = Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
    const maximum = isExclusive === true ? tokens - 1 : tokens;
    if (Number.isSafeInteger(maximum) && maximum > 0) return maximum;
  }
  return undefined;
}
