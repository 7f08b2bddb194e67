/** A vocabulary that a text can be cut into tokens with. */
export type EncodingName = 'claude' | 'o200k_base' | 'cl100k_base' | 'p50k_base';

/** How a family of models counts. All figures but `factor` are tokens. */
export interface ModelFamily {
  readonly name: string;
  readonly encoding: EncodingName;
  /** Tokens of the model for one token of the encoding. */
  readonly factor: number;
  /** What every prompt costs beside its content. */
  readonly base: number;
  /** What every message costs beside its content. */
  readonly message: number;
  /** What the first tool costs beside its text: the instructions of how to call tools. */
  readonly tools: number;
  /** What every tool costs beside its text. */
  readonly tool: number;
  /** How a picture is charged: by its area, or by tiles of 512 pixels. */
  readonly images: 'area' | 'tiles';
}

interface Row extends Omit<ModelFamily, 'name' | 'factor' | 'images'> {
  readonly pattern: RegExp;
  readonly factor?: number;
  readonly images?: ModelFamily['images'];
}

/**
 * The first row whose pattern occurs in the lower-case name of the model decides. Names come with all kinds of
 * prefixes (`openai/`, `us.anthropic.`, `accounts/…/models/`).
 *
 * Only OpenAI publishes its vocabularies. `claude` is the one Anthropic published for its second generation; later
 * models take more tokens for the same text, hence the factor. For all other vendors the row names the nearest
 * published vocabulary. Factors and overheads are estimates, taken from the usage that providers reported for small
 * prompts; the proxy corrects them while it runs, see `PromptMeter`.
 */
const ROWS: { readonly [name: string]: Row } = {
  claude: {
    pattern: /claude|anthropic/,
    encoding: 'claude',
    factor: 1.15,
    base: 6,
    message: 2,
    tools: 400,
    tool: 55,
    images: 'area',
  },
  // Its chat format opens with a system message of its own.
  'gpt-oss': { pattern: /gpt-oss/, encoding: 'o200k_base', base: 62, message: 4, tools: 15, tool: 9 },
  // Must stand before the next row: gpt-4o, gpt-4.1 and gpt-4.5 have the newer vocabulary.
  'gpt-4': {
    pattern: /gpt-(?:3\.5|35|4(?!o|\.\d))/,
    encoding: 'cl100k_base',
    base: 3,
    message: 3,
    tools: 16,
    tool: 6,
  },
  gpt: {
    pattern: /gpt|codex|(?:^|\/)o[1-9](?:$|-)/,
    encoding: 'o200k_base',
    base: 3,
    message: 4,
    tools: 15,
    tool: 2,
  },
  grok: { pattern: /grok/, encoding: 'o200k_base', base: 5, message: 3, tools: 200, tool: 32 },
  deepseek: { pattern: /deepseek/, encoding: 'o200k_base', factor: 1.05, base: 4, message: 3, tools: 110, tool: 40 },
  // Its vocabulary grew out of cl100k_base, and its pictures cost one token per 28 × 28 pixels.
  qwen: {
    pattern: /qwen|qwq/,
    encoding: 'cl100k_base',
    factor: 1.05,
    base: 7,
    message: 4,
    tools: 110,
    tool: 35,
    images: 'area',
  },
  glm: { pattern: /glm/, encoding: 'o200k_base', factor: 1.05, base: 6, message: 3, tools: 120, tool: 28 },
  kimi: { pattern: /kimi|moonshot/, encoding: 'o200k_base', factor: 1.1, base: 8, message: 4, tools: 20, tool: 20 },
  mistral: {
    pattern: /mi[sx]tral|codestral|devstral|magistral|pixtral|voxtral/,
    encoding: 'o200k_base',
    factor: 1.1,
    base: 3,
    message: 2,
    tools: 10,
    tool: 25,
  },
  llama: { pattern: /llama/, encoding: 'cl100k_base', factor: 1.05, base: 30, message: 4, tools: 190, tool: 47 },
  gemini: { pattern: /gemini|gemma/, encoding: 'o200k_base', factor: 1.1, base: 0, message: 1, tools: 0, tool: 0 },
  minimax: { pattern: /minimax/, encoding: 'o200k_base', factor: 1.15, base: 40, message: 4, tools: 147, tool: 50 },
};

const UNKNOWN: ModelFamily = {
  name: 'unknown',
  encoding: 'o200k_base',
  factor: 1.05,
  base: 5,
  message: 4,
  tools: 100,
  tool: 30,
  images: 'tiles',
};

const FAMILIES = Object.entries(ROWS).map(([name, { pattern, ...row }]) => ({
  pattern,
  family: { factor: 1, images: 'tiles', ...row, name } satisfies ModelFamily,
}));

/** The family of a model by the name the upstream knows it by; an unknown one is counted like OpenAI's newer models. */
export function familyOf(model: string): ModelFamily {
  const name = model.toLowerCase();
  return FAMILIES.find(({ pattern }) => pattern.test(name))?.family ?? UNKNOWN;
}
