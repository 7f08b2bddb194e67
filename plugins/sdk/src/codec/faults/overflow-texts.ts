/** How a provider words that the prompt does not fit. Groups hold the token counts, where the text has them. */
export interface OverflowText {
  readonly provider: string;
  readonly pattern: RegExp;
  /** Number of the group with the tokens of the prompt. */
  readonly prompt?: number;
  /** Number of the group with the tokens the model takes. */
  readonly maximum?: number;
  /** Number of the group with the tokens reserved for the answer: the prompt alone would have fitted. */
  readonly answer?: number;
  /** The only status under which the text means this. */
  readonly status?: number;
  /** The text is said so often that it counts only where it is no quotation, such as of what a tool has answered. */
  readonly isCommon?: true;
}

/** First match wins, so texts with more figures stand before texts with fewer. */
export const OVERFLOW_TEXTS: readonly OverflowText[] = [
  {
    provider: 'OpenAI, DeepSeek, vLLM, OpenRouter: prompt and answer together',
    pattern:
      /maximum context length is ([\d,]+) tokens?\D+([\d,]+) tokens? \(([\d,]+) (?:in the messages|of text input|in your prompt)\D+?([\d,]+) (?:in|of|for) the (?:completion|output)/i,
    maximum: 1,
    prompt: 3,
    answer: 4,
  },
  {
    provider: 'SGLang: prompt and answer together',
    pattern:
      /maximum context length of ([\d,]+) tokens\D+([\d,]+) tokens: ([\d,]+) tokens from the input messages and ([\d,]+) tokens for the completion/i,
    maximum: 1,
    prompt: 3,
    answer: 4,
  },
  {
    provider: 'vLLM: answer too large beside the prompt',
    pattern:
      /is too large: ([\d,]+)\. This model's maximum context length is ([\d,]+) tokens and your request has ([\d,]+) input tokens/i,
    answer: 1,
    maximum: 2,
    prompt: 3,
  },
  {
    provider: 'Text Generation Inference',
    pattern: /must be <= ([\d,]+)\. Given: ([\d,]+) `inputs` tokens and ([\d,]+) `max_new_tokens`/i,
    maximum: 1,
    prompt: 2,
    answer: 3,
  },
  {
    provider: 'Anthropic: prompt and answer together',
    pattern: /exceed context limit: ([\d,]+) \+ ([\d,]+) > ([\d,]+)/i,
    prompt: 1,
    answer: 2,
    maximum: 3,
  },
  {
    provider: 'Anthropic',
    pattern: /prompt is too long: ([\d,]+) tokens > ([\d,]+)/i,
    prompt: 1,
    maximum: 2,
    isCommon: true,
  },
  {
    provider: 'Copilot',
    pattern: /prompt token count of ([\d,]+) exceeds the limit of ([\d,]+)/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'Gemini',
    pattern: /input token count(?: \(([\d,]+)\))? exceeds the maximum number of tokens allowed(?: \(?([\d,]+)\)?)?/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'xAI',
    pattern: /maximum prompt length is ([\d,]+) but the request contains ([\d,]+)/i,
    maximum: 1,
    prompt: 2,
  },
  {
    provider: 'OpenRouter',
    pattern: /input length ([\d,]+) exceeds the maximum allowed input length of ([\d,]+)/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'vLLM',
    pattern: /input length \(([\d,]+)\) exceeds (?:the )?model'?s? maximum context length \(([\d,]+)\)/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'OpenAI, DeepSeek, vLLM, Moonshot, OpenRouter',
    pattern: /maximum context length is ([\d,]+) tokens?\D+([\d,]+)/i,
    maximum: 1,
    prompt: 2,
  },
  {
    provider: 'Kimi',
    pattern: /exceeded model token limit:? ([\d,]+)(?:\D+requested:? ([\d,]+))?/i,
    maximum: 1,
    prompt: 2,
  },
  {
    provider: 'Mistral',
    pattern: /prompt contains ([\d,]+) tokens.{0,80}?too large for model with ([\d,]+) maximum context length/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'Together',
    pattern: /input \(([\d,]+) tokens\) is longer than the model's context length \(([\d,]+) tokens\)/i,
    prompt: 1,
    maximum: 2,
  },
  { provider: 'Cerebras', pattern: /current length is ([\d,]+) while limit is ([\d,]+)/i, prompt: 1, maximum: 2 },
  { provider: 'Qwen', pattern: /range of input length should be \[\d+, ?([\d,]+)\]/i, maximum: 1 },
  { provider: 'OpenAI, OpenRouter', pattern: /maximum context length (?:is|of) ([\d,]+)/i, maximum: 1 },
  { provider: 'OpenAI, Azure', pattern: /exceeds the context window|maximum context length/i },
  { provider: 'Copilot', pattern: /^failed to parse request\.?$/i, status: 413 },
  { provider: 'Bedrock', pattern: /input is too long for (?:the )?requested model/i },
  { provider: 'Groq', pattern: /reduce the length of the messages/i },
  { provider: 'Perplexity', pattern: /total length of all messages is too long/i },
  { provider: 'Z.ai, Ollama', pattern: /prompt (?:is )?too long|prompt exceeds max length/i, isCommon: true },
  { provider: 'MiniMax, LiteLLM', pattern: /context window exceed/i },
  {
    provider: 'llama.cpp',
    pattern: /(?:request \(([\d,]+) tokens\) )?exceeds the available context size(?: \(([\d,]+) tokens\))?/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'LM Studio',
    pattern:
      /tokens to keep from the initial prompt is greater than the context length(?: \(n_keep: ([\d,]+) ?>= ?n_ctx: ([\d,]+)\))?/i,
    prompt: 1,
    maximum: 2,
  },
  {
    provider: 'Text Generation Inference',
    pattern: /`inputs` tokens \+ `max_new_tokens` must be(?: <= ([\d,]+))?/i,
    maximum: 1,
  },
];

/** Codes and types that mean the same whatever the text says. */
export const OVERFLOW_CODES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'context_too_large',
  'model_max_prompt_tokens_exceeded',
  'exceed_context_size_error',
  'too_many_prompt_tokens',
  'ContextWindowExceededError',
  '1261',
]);

/** Texts about tokens per minute, not about the window. */
export const RATE_LIMIT_TEXT =
  /rate.?limit|too many requests|tokens per (?:minute|day)|\bTPM\b|throttl|quota|please wait/i;
