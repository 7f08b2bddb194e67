import type { ModelFacts, ModelPrice, ReasoningFacts } from '@claudex/sdk';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. From Gemini 3 on reasoning has levels and cannot be switched
// off; 3.7 and later refuse `minimal`. 2.5 takes a budget (Google's documentation, November 2026).
const WITH_MINIMAL: ReasoningFacts = { efforts: ['minimal', 'low', 'medium', 'high'], canDisable: false };
const LEVELS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };
const LONG_PRO = { above: 200_000, input: 4, output: 18, cacheRead: 0.4 };

/** Gemini's models that can code, by ids that the Gemini API and Vertex AI share. */
export const GEMINI_MODELS: readonly ModelFacts[] = [
  // Vertex lists 65,536 tokens for its answer; the smaller of both figures holds everywhere.
  { ...gemini('gemini-4-argon', LEVELS, { input: 2, output: 10, cacheRead: 0.1 }), maxOutputTokens: 32_768 },
  gemini('gemini-3.8-flash', LEVELS, { input: 0.75, output: 3.75, cacheRead: 0.075 }),
  gemini('gemini-3.7-flash', LEVELS, { input: 0.75, output: 3.75, cacheRead: 0.075 }),
  gemini('gemini-3.6-flash', WITH_MINIMAL, { input: 0.75, output: 3.75, cacheRead: 0.075 }),
  gemini('gemini-3.5-flash', WITH_MINIMAL, { input: 1.5, output: 9, cacheRead: 0.15 }),
  gemini('gemini-3.5-flash-lite', WITH_MINIMAL, { input: 0.3, output: 2.5, cacheRead: 0.03 }),
  gemini('gemini-3.1-pro-preview', LEVELS, { input: 2, output: 12, cacheRead: 0.2, long: LONG_PRO }),
  gemini(
    'gemini-2.5-pro',
    { efforts: [], canDisable: false, budget: { min: 128, max: 32_768 } },
    {
      input: 1.25,
      output: 10,
      cacheRead: 0.125,
      long: { above: 200_000, input: 2.5, output: 15, cacheRead: 0.25 },
    },
  ),
  gemini(
    'gemini-2.5-flash',
    { efforts: [], canDisable: true, budget: { max: 24_576 } },
    { input: 0.3, output: 2.5, cacheRead: 0.03 },
  ),
];

function gemini(id: string, reasoning: ReasoningFacts, price: ModelPrice): ModelFacts {
  return {
    id,
    protocol: 'google-gemini',
    contextWindow: 1_048_576,
    maxOutputTokens: 65_536,
    modalities: { input: ['text', 'image', 'audio', 'video', 'file'], output: ['text'] },
    price,
    reasoning,
  };
}
