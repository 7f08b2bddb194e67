import { defineProvider, type ModelFacts, type ProviderEndpoint, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { PICTURES, TEXT } from '../modalities.ts';

const LEVELS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };

// Sizes: models.dev, 2026-07-02, and StepFun's documentation, November 2026. Prices and step-5-preview: pi-ai model data
// 1.5.2, 2026-11-10, of gateways that pass them on.
const MODELS: readonly ModelFacts[] = [
  {
    id: 'step-3.7-flash',
    contextWindow: 262_144,
    maxOutputTokens: 256_000,
    modalities: PICTURES,
    price: { input: 0.2, output: 1.15, cacheRead: 0.04 },
    reasoning: LEVELS,
  },
  {
    id: 'step-5-preview',
    contextWindow: 1_048_576,
    maxOutputTokens: 64_000,
    modalities: PICTURES,
    price: { input: 1, output: 2.7, cacheRead: 0.1 },
    reasoning: LEVELS,
  },
  {
    id: 'step-3.5-flash-2603',
    contextWindow: 262_144,
    maxOutputTokens: 65_536,
    modalities: TEXT,
    reasoning: { efforts: ['low', 'high'], canDisable: false },
  },
  {
    id: 'step-3.5-flash',
    contextWindow: 262_144,
    maxOutputTokens: 65_536,
    modalities: TEXT,
    price: { input: 0.1, output: 0.3 },
    reasoning: LEVELS,
  },
];

/**
 * StepFun, by Anthropic's protocol. Its documentation asks not to send fields that it does not list; of Anthropic's newer
 * ones it lists `output_config.effort` alone. Sites for China and the rest of the world are apart, and a Step Plan has
 * paths of its own on both (StepFun's documentation, November 2026).
 */
export const stepfun = defineProvider({
  specVersion: 1,
  id: 'stepfun',
  title: 'StepFun',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'site of the account',
      choices: { global: 'stepfun.ai', china: 'stepfun.com' },
      default: 'global',
      variables: ['STEPFUN_REGION'],
    },
    plan: {
      meaning: 'way of paying',
      choices: { usage: 'by the token', step: 'Step Plan' },
      default: 'usage',
    },
  },
  endpoints: [
    { when: { region: 'china', plan: 'step' }, ...at('https://api.stepfun.com/step_plan', 'stepfun.com') },
    { when: { region: 'china' }, ...at('https://api.stepfun.com', 'stepfun.com') },
    { when: { plan: 'step' }, ...at('https://api.stepfun.ai/step_plan', 'stepfun.ai') },
    at('https://api.stepfun.ai', 'stepfun.ai'),
  ],
  keyVariables: ['STEPFUN_API_KEY', 'STEP_API_KEY'],
  authenticate: bearer,
  models: { default: 'step-3.7-flash', haiku: 'step-3.7-flash', sonnet: 'step-3.7-flash', opus: 'step-3.7-flash' },
  knownModels: MODELS,
  publicLists: ['stepfun'],
  wires: {
    'anthropic-messages': {
      quirks: {
        ...IMITATION,
        cacheControlOnTools: false,
        omitFields: ['context_management', 'thinking', 'metadata', 'service_tier'],
      },
    },
    // Without this, reasoning comes in a field that is not replayed under its name.
    'openai-chat': { quirks: { extraFields: { reasoning_format: 'deepseek-style' } } },
  },
  keyPage: 'https://platform.stepfun.ai/interface-key',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'Reasoning cannot be switched off, only lowered.',
    'Responses is unverified.',
  ],
});

function at(base: string, site: string): Omit<ProviderEndpoint, 'when'> {
  return {
    bases: { 'anthropic-messages': base, 'openai-chat': `${base}/v1`, 'openai-responses': `${base}/v1` },
    modelList: `${base}/v1/models`,
    keyPage: `https://platform.${site}/interface-key`,
  };
}
