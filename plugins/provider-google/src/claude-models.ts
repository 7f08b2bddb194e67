import type { ModelFacts, ModelPrice } from '@claudex/sdk';

// Sizes and prices as at Anthropic itself (pi-ai model data 1.5.2, 2026-11-10); a region costs a tenth more than `global`,
// unverified. Vertex takes an id with its version behind an `@`, of which `default` is one, and newer ids without any
// (models.dev, 2026-07-02; Claude Code 2.1.330, November 2026).
const NEWEST: { readonly [id: string]: ModelPrice } = {
  'claude-fable-5-2': { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 },
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-haiku-5-5': {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    long: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
  },
};

/** The one that can be stopped from reasoning. */
const SWITCHABLE = 'claude-haiku-5-5';

/** Claude refuses sampling (Anthropic's documentation, November 2026); the model stands in the address alone. */
const OMITTED: readonly string[] = ['model', 'temperature', 'top_p', 'top_k'];

/** Claude's models in Vertex AI, each by both of its ids. */
export const CLAUDE_MODELS: readonly ModelFacts[] = Object.entries(NEWEST).flatMap(([id, price]) => [
  claude(`${id}@default`, price),
  claude(id, price),
]);

function claude(id: string, price: ModelPrice): ModelFacts {
  const canDisable = id.startsWith(SWITCHABLE);
  return {
    id,
    protocol: 'anthropic-messages',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: { input: ['text', 'image', 'file'], output: ['text'] },
    price,
    reasoning: { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable },
    quirks: { thinkingTypes: canDisable ? ['adaptive', 'disabled'] : ['adaptive'], omitFields: OMITTED },
  };
}
