import { bearer } from './kit/admission.ts';
import { flatError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { efforts, thinkingBlocks, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { knownModel, limitedBy, onlyParameters } from './kit/rules/common.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire } from './kit/wires.ts';

const KEY = 'key_of_mistral_0123456789';

const models: readonly VendorModel[] = [
  { id: 'mistral-small-2603', window: 262_144, output: 256_000 },
  { id: 'mistral-medium-3.5', window: 262_144, output: 262_144 },
  { id: 'mistral-large-4', window: 1_048_576, output: 262_144 },
];

const PARAMETERS = [
  'model messages stream max_tokens temperature top_p stop random_seed tools tool_choice',
  'parallel_tool_calls response_format reasoning_effort prompt_mode safe_prompt presence_penalty',
  'frequency_penalty n prediction prompt_cache_key metadata stream_options',
].flatMap((line) => line.split(' '));

/** Mistral. */
export const mistral: Vendor = {
  id: 'mistral',
  hosts: ['api.mistral.ai'],
  key: KEY,
  models,
  tried: ['mistral-medium-3.5', 'mistral-large-4'],
  admits: bearer(KEY, { missing: 'Unauthorized', wrong: 'Unauthorized', type: 'unauthorized' }),
  errors: flatError,
  list: openaiList('/v1/models', models, ({ window }) => ({
    max_context_length: window,
    capabilities: { completion_chat: true, function_calling: true, vision: true },
  })),
  wires: [
    chatWire({
      path: '/v1/chat/completions',
      reasoning: 'blocks',
      callId: (answer, index) => `c${String(answer).padStart(5, '0')}${String(index).padStart(3, '0')}`,
      overflow: (tokens, maximum) =>
        `Prompt contains ${tokens} tokens and 0 draft tokens, too large for model with ${maximum} maximum context length`,
      overflowAs: { code: '3051' },
      rules: [
        knownModel((model) => `Invalid model: ${model}`, { status: 400, code: '1500', type: 'invalid_model' }),
        onlyParameters(PARAMETERS, (name) => `Extra inputs are not permitted: ${name}`),
        limitedBy('max_tokens'),
        chat.callIds(/^[a-zA-Z0-9]{9}$/, 'Tool call id was not 9 letters and digits', '3280'),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.noUserAfterTool,
        chat.endsWith('user', 'tool'),
        chat.toolChoices('auto', 'none', 'any', 'required', 'function'),
        chat.noMessageFields('reasoning_content', 'reasoning', 'reasoning_details'),
        chat.textContent('tool'),
        efforts('none', 'low', 'medium', 'high'),
        wantsReasoning(thinkingBlocks),
      ],
    }),
  ],
};
