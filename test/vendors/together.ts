import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import * as chat from './kit/rules/chat.ts';
import { textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire } from './kit/wires.ts';

const KEY = 'tgp_v1_key_of_together_0123456789';

const models: readonly VendorModel[] = [
  { id: 'deepseek-ai/DeepSeek-V4.1-Flash', window: 1_048_576, output: 384_000 },
  { id: 'zai-org/GLM-5.3', window: 1_048_575, output: 262_144, images: false },
  { id: 'moonshotai/Kimi-K3.1-Pro', window: 1_048_576, output: 131_072 },
];

const list = models.map(({ id, window }) => ({ id, object: 'model', type: 'chat', context_length: window }));

/** Together. */
export const together: Vendor = {
  id: 'together',
  hosts: ['api.together.ai'],
  key: KEY,
  models,
  admits: bearer(KEY, { missing: 'Missing API key', wrong: 'Invalid API key provided', code: 'invalid_api_key' }),
  errors: openaiError,
  list: (path) => (path === '/v1/models' ? list : undefined),
  wires: [
    chatWire({
      path: '/v1/chat/completions',
      reasoning: 'reasoning',
      overflow: (tokens, maximum) =>
        `The input (${tokens} tokens) is longer than the model's context length (${maximum} tokens).`,
      rules: [
        knownModel((model) => `Unable to access model ${model}.`, { code: 'model_not_available' }),
        limitedBy('max_tokens'),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.systemFirst,
        chat.textContent('tool'),
        wantsReasoning(textField('reasoning')),
        chat.asksForUsage,
      ],
    }),
  ],
};
