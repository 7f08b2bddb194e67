import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { forModels } from './kit/refuse.ts';
import * as chat from './kit/rules/chat.ts';
import { efforts as chatEfforts } from './kit/rules/chat-reasoning.ts';
import { forbids, knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, responsesWire } from './kit/wires.ts';

const KEY = 'sk-proj-key-of-openai-0123456789';
const LARGE = { window: 1_050_000, output: 128_000 };

const models: readonly VendorModel[] = [
  { id: 'gpt-6-luna', ...LARGE },
  { id: 'gpt-6.1-terra', ...LARGE },
  { id: 'gpt-6.1-sol', ...LARGE },
  { id: 'gpt-6-astra', ...LARGE },
  { id: 'gpt-5.4-mini', window: 400_000, output: 128_000 },
];

/** Parameters that models refuse which reason: all of these do. */
export const REASONING_REFUSES = [
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'presence_penalty',
  'frequency_penalty',
  'logprobs',
  'top_logprobs',
  'logit_bias',
];

const alwaysReasons = (model: string): boolean => model === 'gpt-6.1-sol' || model === 'gpt-6-astra';
const unknown = knownModel((model) => `The model \`${model}\` does not exist or you do not have access to it.`);
const overflow = (): string =>
  'Your input exceeds the context window of this model. Please adjust your input and try again.';
const overflowAs = { code: 'context_length_exceeded' };

/** OpenAI's API with a key. */
export const openai: Vendor = {
  id: 'openai',
  hosts: ['api.openai.com'],
  key: KEY,
  models,
  admits: bearer(KEY, {
    missing: "You didn't provide an API key.",
    wrong: 'Incorrect API key provided.',
    code: 'invalid_api_key',
  }),
  errors: openaiError,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  rateHeaders: {
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-limit-tokens': '30000000',
    'x-ratelimit-remaining-tokens': '29990000',
    'x-ratelimit-reset-tokens': '6m0s',
  },
  wires: [
    responsesWire({
      path: '/v1/responses',
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        forbids(
          [...REASONING_REFUSES, 'max_tokens', 'messages', 'stream_options'],
          (name) => `Unknown parameter: '${name}'.`,
        ),
        limitedBy('max_output_tokens', 16),
        rules.roles('user', 'assistant', 'developer', 'system'),
        forModels(alwaysReasons, [rules.efforts('low', 'medium', 'high', 'xhigh', 'max')]),
        rules.efforts('none', 'low', 'medium', 'high', 'xhigh', 'max'),
        rules.includesReasoning,
        rules.wantsReasoning,
      ],
    }),
    chatWire({
      path: '/v1/chat/completions',
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        forbids(REASONING_REFUSES),
        limitedBy('max_completion_tokens'),
        chat.roles('user', 'assistant', 'developer', 'system', 'tool'),
        chat.callIds(/^.{1,40}$/, 'Invalid tool_calls[].id: string too long'),
        chat.toolChoices('auto', 'none', 'required', 'function'),
        chatEfforts('none', 'low', 'medium', 'high', 'xhigh', 'max'),
        chat.asksForUsage,
      ],
    }),
  ],
};
