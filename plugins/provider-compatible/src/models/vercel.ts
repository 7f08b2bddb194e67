import type { ModelFacts, ModelPrice, Quirks, ReasoningFacts } from '@claudex/sdk';
import { CLAUDE_QUIRKS, RESTLESS_CLAUDE_QUIRKS } from '../claude.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes and prices: pi-ai model data 1.5.2, 2026-11-10. Where the gateway lists no limit of the answer of its own, it is
// that of the vendor behind it.
const CLAUDE: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
// What only Claude has; the others are asked to reason by a budget. Whether the gateway would turn it into something that
// they take is unverified.
const NOT_CLAUDE: Quirks = {
  betas: [],
  serverTools: false,
  midConversationSystem: 'user',
  thinkingTypes: ['enabled', 'disabled'],
  omitFields: ['context_management'],
};
const GPT_LONG = 272_000;

/** The models of Vercel's gateway that can code. */
export const VERCEL_MODELS: readonly ModelFacts[] = [
  claude('anthropic/claude-fable-5.2', { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 }),
  claude('anthropic/claude-opus-5.5', { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }),
  claude('anthropic/claude-sonnet-5.5', { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }),
  claude(
    'anthropic/claude-haiku-5.5',
    {
      input: 0.1,
      output: 0.5,
      cacheRead: 0.01,
      cacheWrite: 0.125,
      long: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
    },
    true,
  ),
  gpt('openai/gpt-6-luna', { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 }, 0.75),
  gpt('openai/gpt-6.1-terra', { input: 1, output: 5, cacheRead: 0.05, cacheWrite: 1.25 }, 7.5),
  gpt('openai/gpt-6.1-sol', { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }, 15),
  gpt('openai/gpt-6-astra', { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 }, 75),
  other('google/gemini-3.8-flash', 1_000_000, 65_535, { input: 0.75, output: 3.75, cacheRead: 0.075 }),
  other('google/gemini-4-argon', 1_000_000, 65_535, { input: 2, output: 10, cacheRead: 0.1 }),
  other('moonshotai/kimi-k3.1-pro', 1_000_000, 131_072, { input: 2, output: 10, cacheRead: 0.2 }),
  other('zai/glm-5.3-flash', 1_000_000, 131_000, { input: 0.15, output: 0.5, cacheRead: 0.03 }),
  { ...other('zai/glm-5.3', 1_000_000, 131_072, { input: 1.4, output: 4.4, cacheRead: 0.14 }), modalities: TEXT },
  other('deepseek/deepseek-v4.1-flash', 1_048_576, 32_768, { input: 0.3, output: 1.2, cacheRead: 0.007 }),
  other('minimax/minimax-m3.1-flash', 1_048_576, 524_288, { input: 0.15, output: 0.6, cacheRead: 0.015 }),
  other('xiaomi/mimo-v2.6-pro', 1_048_576, 131_072, { input: 0.435, output: 0.87, cacheRead: 0.0036 }),
  other('spacexai/grok-4.7', 500_000, 128_000, {
    input: 2,
    output: 6,
    cacheRead: 0.5,
    long: { above: 200_000, input: 4, output: 12, cacheRead: 1 },
  }),
];

function claude(id: string, price: ModelPrice, canDisable = false): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    price,
    reasoning: { ...CLAUDE, canDisable },
    // Whether system messages may stand inside a conversation is unverified.
    quirks: { ...(canDisable ? CLAUDE_QUIRKS : RESTLESS_CLAUDE_QUIRKS), midConversationSystem: 'user' },
  };
}

/** Above their threshold these models cost double, and their output `longOutput`. */
function gpt(id: string, price: Required<Omit<ModelPrice, 'long'>>, longOutput: number): ModelFacts {
  const { input, cacheRead, cacheWrite } = price;
  const long = {
    above: GPT_LONG,
    input: 2 * input,
    output: longOutput,
    cacheRead: 2 * cacheRead,
    cacheWrite: 2 * cacheWrite,
  };
  return { ...other(id, 1_050_000, 128_000, { ...price, long }), maxInputTokens: 922_000 };
}

function other(id: string, contextWindow: number, maxOutputTokens: number, price: ModelPrice): ModelFacts {
  return { id, contextWindow, maxOutputTokens, modalities: PICTURES, price, quirks: NOT_CLAUDE };
}
