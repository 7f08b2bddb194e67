import { defineProvider, type ModelFacts, type ModelPrice } from '@claudex/sdk';
import { PICTURES } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. All of them always reason.
const LEVELS = ['minimal', 'low', 'medium', 'high', 'xhigh'];

const MODELS: readonly ModelFacts[] = [
  {
    ...muse(
      'muse-ember-1.0',
      {
        input: 0.1,
        output: 0.5,
        cacheRead: 0.004,
        long: { above: 200_000, input: 0.3, output: 1.5, cacheRead: 0.012 },
      },
      'max',
    ),
    maxOutputTokens: 524_288,
  },
  muse('muse-spark-1.3', { input: 1.25, output: 4.25, cacheRead: 0.15 }, 'max'),
  muse('muse-spark-1.2', { input: 1.25, output: 4.25, cacheRead: 0.15 }),
  muse('muse-wonder-1.0', { input: 4, output: 20, cacheRead: 0.2 }, 'max'),
];

/** Meta's API, by Responses, the only protocol it is known to have (pi-ai model data 1.5.2, 2026-11-10). */
export const meta = defineProvider({
  specVersion: 1,
  id: 'meta',
  title: 'Meta',
  protocol: 'openai-responses',
  baseUrl: 'https://api.meta.ai/v1',
  keyVariables: ['META_API_KEY'],
  models: {
    default: 'muse-spark-1.3',
    haiku: 'muse-ember-1.0',
    sonnet: 'muse-spark-1.3',
    opus: 'muse-wonder-1.0',
  },
  knownModels: MODELS,
  publicLists: ['meta', 'llama'],
  keyPage: 'https://developer.meta.ai/',
  knownGaps: ['Which optional fields it refuses is unverified: the quirk omitFields of a profile takes them out.'],
});

function muse(id: string, price: ModelPrice, ...more: string[]): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price,
    reasoning: { efforts: [...LEVELS, ...more], canDisable: false },
  };
}
