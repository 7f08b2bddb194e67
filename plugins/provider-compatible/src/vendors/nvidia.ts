import { defineProvider, type ModelFacts, type Quirks, type ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes and DeepSeek's switch: pi-ai model data 1.5.2, 2026-11-10. Trial use costs nothing, so there are no prices. Most
// models are told by their chat template whether to reason; of which models that holds is unverified.
const SWITCH: ReasoningFacts = { efforts: [], canDisable: true };
const UNKNOWN: ReasoningFacts = { efforts: [] };

// `parallel_tool_calls: true` is answered with 400 "only supports single tool-calls at once". The switch of its template is
// named otherwise (SGLang's documentation of Kimi K2.5, 2026); unverified for NVIDIA.
const KIMI: Quirks = { parallelToolCalls: false, schemaDialect: 'kimi', templateSwitch: 'thinking' };

// Refused without the reasoning of an assistant message with calls; switched as DeepSeek itself does it.
const DEEPSEEK: Quirks = {
  reasoningRequest: 'thinking-switch',
  reasoningReplay: 'reasoning_content',
  missingReasoning: 'empty',
};

const MODELS: readonly ModelFacts[] = [
  model('deepseek-ai/deepseek-v4.1-flash', 1_000_000, 384_000, { reasoning: SWITCH, quirks: DEEPSEEK }),
  model('z-ai/glm-5.3-flash', 1_000_000, 131_072, { reasoning: { efforts: [], canDisable: false } }),
  model('minimaxai/minimax-m3.1-flash', 262_144, 262_144, { reasoning: UNKNOWN }),
  model('moonshotai/kimi-k2.6', 262_144, 262_144, { reasoning: SWITCH, quirks: KIMI }),
  model('nvidia/nemotron-3-ultra-550b-a55b', 1_000_000, 65_536, { reasoning: SWITCH, modalities: TEXT }),
  model('nvidia/nemotron-3.5-lightning-30b-a3b', 262_144, 262_144, { reasoning: SWITCH, modalities: TEXT }),
  model('stepfun-ai/step-5-preview', 1_048_576, 1_048_576, { reasoning: UNKNOWN }),
  model('openai/gpt-oss-20b', 131_072, 32_768, { reasoning: UNKNOWN, modalities: TEXT }),
];

/** NVIDIA's hosted NIM, over Chat, the only protocol it has. */
export const nvidia = defineProvider({
  specVersion: 1,
  id: 'nvidia',
  title: 'NVIDIA NIM',
  protocol: 'openai-chat',
  baseUrl: 'https://integrate.api.nvidia.com/v1',
  keyVariables: ['NVIDIA_API_KEY'],
  // So long, in seconds, a call may wait for a free server before it is answered that it is still waiting (pi-ai model data
  // 1.5.2, 2026-11-10).
  headers: { 'nvcf-poll-seconds': '3600' },
  models: {
    default: 'deepseek-ai/deepseek-v4.1-flash',
    haiku: 'z-ai/glm-5.3-flash',
    sonnet: 'deepseek-ai/deepseek-v4.1-flash',
    opus: 'deepseek-ai/deepseek-v4.1-flash',
  },
  knownModels: MODELS,
  publicLists: ['nvidia'],
  quirks: { reasoningRequest: 'template-switch' },
  keyPage: 'https://build.nvidia.com/settings/api-keys',
  knownGaps: [
    'How much a model reasons cannot be chosen, only whether it does.',
    'Some older NIM servers refuse stream_options: set the quirk streamUsage to false for them.',
  ],
});

function model(id: string, contextWindow: number, maxOutputTokens: number, more: Partial<ModelFacts>): ModelFacts {
  return { id, contextWindow, maxOutputTokens, modalities: PICTURES, ...more };
}
