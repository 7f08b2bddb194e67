import type { ModelFacts, ModelPrice, Quirks, ReasoningFacts } from '@claudex/sdk';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10, for prices of the kind `global standard`. The portal offers
// the name of the model as the name of its deployment: these facts hold for deployments that are called so.
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };

/** Claude reasons adaptively and refuses sampling (Anthropic's documentation, November 2026). */
const CLAUDE_QUIRKS: Quirks = {
  thinkingTypes: ['adaptive', 'disabled'],
  omitFields: ['temperature', 'top_p', 'top_k'],
};
const RESTLESS_QUIRKS: Quirks = { ...CLAUDE_QUIRKS, thinkingTypes: ['adaptive'] };

/** Models of Azure OpenAI and Foundry by the usual names of their deployments. */
export const AZURE_MODELS: readonly ModelFacts[] = [
  gpt('gpt-6-luna', SWITCHABLE, { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 }),
  gpt('gpt-6.1-terra', SWITCHABLE, { input: 1, output: 5, cacheRead: 0.05, cacheWrite: 1.25 }),
  gpt('gpt-6.1-sol', ALWAYS_ON, { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }),
  gpt('gpt-6-astra', ALWAYS_ON, { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 }),
  {
    id: 'gpt-5.4-mini',
    contextWindow: 400_000,
    maxInputTokens: 272_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    price: { input: 0.75, output: 4.5, cacheRead: 0.075 },
    // Other than at OpenAI itself, it is not said to have `none`.
    reasoning: { efforts: ['low', 'medium', 'high', 'xhigh'], canDisable: false },
  },
  claude('claude-fable-5-2'),
  claude('claude-opus-5-5'),
  claude('claude-sonnet-5-5'),
  claude('claude-haiku-5-5', true),
];

/** Above 272,000 tokens of input everything but output doubles, and output costs half as much again. */
function gpt(id: string, reasoning: ReasoningFacts, price: Required<Omit<ModelPrice, 'long'>>): ModelFacts {
  const { input, output, cacheRead, cacheWrite } = price;
  const long = {
    above: 272_000,
    input: 2 * input,
    output: 1.5 * output,
    cacheRead: 2 * cacheRead,
    cacheWrite: 2 * cacheWrite,
  };
  return {
    id,
    contextWindow: 1_050_000,
    maxInputTokens: 922_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    price: { ...price, long },
    reasoning,
  };
}

/** Claude in Foundry, as large as at Anthropic; what it costs there is unverified. */
function claude(id: string, canDisable = false): ModelFacts {
  return {
    id,
    protocol: 'anthropic-messages',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    reasoning: { ...ALWAYS_ON, canDisable },
    quirks: canDisable ? CLAUDE_QUIRKS : RESTLESS_QUIRKS,
  };
}
