import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { forModels } from './kit/refuse.ts';
import { efforts, textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { forbids, knownModel, limitedBy } from './kit/rules/common.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire } from './kit/wires.ts';

const KEY = 'csk-key-of-cerebras-0123456789';

const models: readonly VendorModel[] = [
  { id: 'gpt-oss-120b', window: 131_072, output: 40_960, images: false },
  { id: 'qwen-3.8-27b', window: 131_072, output: 40_960 },
];

const REFUSED = ['frequency_penalty', 'presence_penalty', 'logit_bias', 'service_tier', 'parallel_tool_calls'];

/** Cerebras, by the stricter of two sources that contradict each other. */
export const cerebras: Vendor = {
  id: 'cerebras',
  hosts: ['api.cerebras.ai'],
  key: KEY,
  models,
  admits: bearer(KEY, { missing: 'Not authenticated', wrong: 'Wrong API Key', code: 'wrong_api_key' }),
  errors: openaiError,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  rateHeaders: { 'x-ratelimit-remaining-tokens-minute': '60000', 'x-ratelimit-remaining-requests-day': '14000' },
  wires: [
    chatWire({
      path: '/v1/chat/completions',
      reasoning: 'reasoning',
      overflow: (tokens, maximum) =>
        `Please reduce the length of the messages or completion. Current length is ${tokens} while limit is ${maximum}`,
      overflowAs: { code: 'context_length_exceeded' },
      rules: [
        knownModel((model) => `Model ${model} does not exist or you do not have access to it.`),
        forbids(REFUSED, (name) => `property '${name}' is unsupported`),
        limitedBy('max_completion_tokens'),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.toolChoices('auto', 'none'),
        chat.textContent('tool', 'assistant'),
        chat.noMessageFields('reasoning_content', 'reasoning_details'),
        forModels((model) => model.startsWith('gpt-oss'), [efforts('low', 'medium', 'high')]),
        wantsReasoning(textField('reasoning')),
        chat.asksForUsage,
      ],
    }),
  ],
};
