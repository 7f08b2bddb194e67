import type { ModelFacts, ModelPrice, ReasoningFacts } from '@claudex/sdk';
import { CLAUDE_QUIRKS, RESTLESS_CLAUDE_QUIRKS } from '../claude.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10, which has them by the names of `bedrock-runtime`. Prices
// are those of the plain names; a profile that keeps data in one part of the world costs a tenth more.
const CLAUDE: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
const LEVELS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };

/** The models of Bedrock that can code: Claude's by Messages, the others by the protocol in which AWS documents them. */
export const BEDROCK_MODELS: readonly ModelFacts[] = [
  claude('anthropic.claude-fable-5-2', { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 }),
  claude('anthropic.claude-opus-5-5', { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }),
  claude('anthropic.claude-sonnet-5-5', { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }),
  switchable('anthropic.claude-haiku-5-5', {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    long: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
  }),
  switchable('anthropic.claude-opus-5', { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 }),
  {
    ...switchable('anthropic.claude-sonnet-5', { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }),
    quirks: { ...CLAUDE_QUIRKS, midConversationSystem: 'user' },
  },
  gptOss('openai.gpt-oss-120b', { input: 0.15, output: 0.6 }),
  gptOss('openai.gpt-oss-20b', { input: 0.07, output: 0.3 }),
  {
    id: 'qwen.qwen3-coder-next',
    protocol: 'openai-chat',
    contextWindow: 262_144,
    maxOutputTokens: 65_536,
    modalities: TEXT,
    price: { input: 0.5, output: 1.2 },
    reasoning: { efforts: [] },
  },
  {
    id: 'zai.glm-5',
    protocol: 'openai-chat',
    contextWindow: 202_752,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    price: { input: 1, output: 3.2 },
  },
  {
    id: 'moonshotai.kimi-k2.5',
    protocol: 'openai-chat',
    contextWindow: 262_144,
    maxOutputTokens: 16_384,
    modalities: PICTURES,
    price: { input: 0.6, output: 3 },
    quirks: { schemaDialect: 'kimi', missingReasoning: 'empty' },
  },
];

function claude(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    price,
    reasoning: CLAUDE,
    quirks: RESTLESS_CLAUDE_QUIRKS,
  };
}

/** For models that can be stopped from reasoning. */
function switchable(id: string, price: ModelPrice): ModelFacts {
  return { ...claude(id, price), reasoning: { ...CLAUDE, canDisable: true }, quirks: CLAUDE_QUIRKS };
}

function gptOss(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    protocol: 'openai-responses',
    contextWindow: 131_072,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    price,
    reasoning: LEVELS,
  };
}
