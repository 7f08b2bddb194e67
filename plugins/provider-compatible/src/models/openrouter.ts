import type { ModelFacts, ModelPrice, ReasoningFacts } from '@claudex/sdk';
import { CLAUDE_QUIRKS, RESTLESS_CLAUDE_QUIRKS } from '../claude.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. Models that hosts offer at different prices have none here.
const TO_MAX = ['low', 'medium', 'high', 'xhigh', 'max'];
const CLAUDE_ALWAYS: ReasoningFacts = { efforts: TO_MAX, canDisable: false };
const CLAUDE_SWITCHED: ReasoningFacts = { efforts: TO_MAX, canDisable: true };
const OPEN: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };

const HAIKU: ModelPrice = {
  input: 0.1,
  output: 0.5,
  cacheRead: 0.01,
  cacheWrite: 0.125,
  long: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
};
const SONNET: ModelPrice = { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 };
const OPUS: ModelPrice = { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 };
const FABLE: ModelPrice = { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 };

/** Models of OpenRouter that can code. It has hundreds more. */
export const OPENROUTER_MODELS: readonly ModelFacts[] = [
  claude('~anthropic/claude-haiku-latest', HAIKU, CLAUDE_SWITCHED),
  claude('~anthropic/claude-sonnet-latest', SONNET, CLAUDE_ALWAYS),
  claude('~anthropic/claude-opus-latest', OPUS, CLAUDE_ALWAYS),
  claude('~anthropic/claude-fable-latest', FABLE, CLAUDE_ALWAYS),
  claude('anthropic/claude-haiku-5.5', HAIKU, CLAUDE_SWITCHED),
  claude('anthropic/claude-sonnet-5.5', SONNET, CLAUDE_ALWAYS),
  claude('anthropic/claude-opus-5.5', OPUS, CLAUDE_ALWAYS),
  claude('anthropic/claude-fable-5.2', FABLE, CLAUDE_ALWAYS),
  claude('anthropic/claude-opus-5', { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 }, CLAUDE_SWITCHED),
  claude('anthropic/claude-sonnet-5', { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }, CLAUDE_SWITCHED),
  gpt('~openai/gpt-luna-latest', [0.1, 0.5, 0.01, 0.125], true),
  gpt('~openai/gpt-terra-latest', [1, 5, 0.05, 1.25], true),
  gpt('~openai/gpt-sol-latest', [2, 10, 0.1, 2.5], false),
  gpt('~openai/gpt-astra-latest', [10, 50, 1, 12.5], false),
  {
    id: '~x-ai/grok-latest',
    contextWindow: 500_000,
    maxOutputTokens: 128_000,
    modalities: PICTURES,
    price: { input: 2, output: 6, cacheRead: 0.5, long: { above: 200_000, input: 4, output: 12, cacheRead: 1 } },
    reasoning: { efforts: ['low', 'medium', 'high', 'xhigh'], canDisable: false },
  },
  gemini('~google/gemini-flash-latest', { input: 0.75, output: 3.75, cacheRead: 0.075, cacheWrite: 0.041667 }),
  gemini('~google/gemini-pro-latest', { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 0.1875 }),
  open('~z-ai/glm-latest', { modalities: TEXT }),
  open('z-ai/glm-5.3-flash', { contextWindow: 1_048_575, price: { input: 0.15, output: 0.5, cacheRead: 0.03 } }),
  open('moonshotai/kimi-k3.1-pro', { price: { input: 2, output: 10, cacheRead: 0.2 } }),
  // Refused without the reasoning of an assistant message with calls.
  open('deepseek/deepseek-v4.1-flash', {
    maxOutputTokens: 384_000,
    reasoning: { ...OPEN, canDisable: true },
    quirks: { missingReasoning: 'empty' },
  }),
  open('minimax/minimax-m3.1-flash', {
    maxOutputTokens: 524_288,
    price: { input: 0.15, output: 0.6, cacheRead: 0.015 },
    reasoning: CLAUDE_ALWAYS,
  }),
];

/**
 * Signed reasoning and breakpoints of the cache, which also hold where a profile insists on another protocol. Sampling is
 * refused. Whether system messages may stand inside a conversation is unverified.
 */
function claude(id: string, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return {
    id,
    protocol: 'anthropic-messages',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: PICTURES,
    price,
    reasoning,
    quirks: {
      ...(reasoning.canDisable === true ? CLAUDE_QUIRKS : RESTLESS_CLAUDE_QUIRKS),
      midConversationSystem: 'user',
      cacheControl: true,
    },
  };
}

/** `price` is input, output, read from the cache, written to it. Above 272,000 tokens output costs half more, all else twice. */
function gpt(id: string, price: readonly [number, number, number, number], canDisable: boolean): ModelFacts {
  const [input, output, cacheRead, cacheWrite] = price;
  const long = {
    above: 272_000,
    input: input * 2,
    output: output * 1.5,
    cacheRead: cacheRead * 2,
    cacheWrite: cacheWrite * 2,
  };
  return {
    id,
    contextWindow: 1_050_000,
    maxInputTokens: 922_000,
    maxOutputTokens: 128_000,
    modalities: PICTURES,
    price: { input, output, cacheRead, cacheWrite, long },
    reasoning: { efforts: TO_MAX, canDisable },
    quirks: { midConversationSystem: 'keep' },
  };
}

function gemini(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 65_536,
    modalities: PICTURES,
    price,
    reasoning: { efforts: ['low', 'medium', 'high'], canDisable: false },
    quirks: { cacheControl: true },
  };
}

function open(id: string, facts: Partial<ModelFacts>): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    reasoning: OPEN,
    ...facts,
  };
}
