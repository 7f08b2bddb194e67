import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { refuse } from './kit/refuse.ts';
import { efforts, textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { forbids, knownModel, limitedBy } from './kit/rules/common.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, responsesWire } from './kit/wires.ts';

const KEY = 'gsk_key_of_groq_0123456789';

const models: readonly VendorModel[] = [
  { id: 'openai/gpt-oss-20b', window: 131_072, output: 65_536, images: false },
  { id: 'openai/gpt-oss-120b', window: 131_072, output: 65_536, images: false },
  { id: 'qwen/qwen3.8-27b', window: 131_072, output: 16_384 },
];

const notBoth: Rule = ({ body }) =>
  body['reasoning_format'] !== undefined && body['include_reasoning'] !== undefined
    ? refuse('cannot specify both reasoning_format and include_reasoning')
    : undefined;

const noColdZero: Rule = ({ body }) =>
  body['temperature'] === 0 ? refuse('temperature must be greater than 0', { param: 'temperature' }) : undefined;

/** Unverified, as the table of vendors says: a shape of the answer goes neither with tools nor with a stream. */
const shapeAlone: Rule = ({ body }) =>
  body['response_format'] !== undefined && (body['tools'] !== undefined || body['stream'] === true)
    ? refuse('json mode cannot be combined with tool/function calling or streaming', { param: 'response_format' })
    : undefined;

/** Groq. */
export const groq: Vendor = {
  id: 'groq',
  hosts: ['api.groq.com'],
  key: KEY,
  models,
  tried: ['openai/gpt-oss-120b', 'qwen/qwen3.8-27b'],
  admits: bearer(KEY, { missing: 'Invalid API Key', wrong: 'Invalid API Key', code: 'invalid_api_key' }),
  errors: openaiError,
  list: openaiList('/openai/v1/models', models, ({ window, output }) => ({
    active: true,
    context_window: window,
    max_completion_tokens: output,
  })),
  rateHeaders: { 'x-ratelimit-limit-tokens': '250000', 'x-ratelimit-remaining-tokens': '240000' },
  wires: [
    chatWire({
      path: '/openai/v1/chat/completions',
      reasoning: 'reasoning',
      overflow: () => 'Please reduce the length of the messages or completion.',
      overflowAs: { code: 'context_length_exceeded' },
      rules: [
        knownModel((model) => `The model \`${model}\` does not exist or you do not have access to it.`),
        forbids(['logprobs', 'top_logprobs', 'logit_bias', 'top_k'], (name) => `property '${name}' is unsupported`),
        limitedBy('max_completion_tokens'),
        notBoth,
        noColdZero,
        shapeAlone,
        chat.roles('system', 'developer', 'user', 'assistant', 'tool'),
        chat.noMessageFields('name', 'reasoning_content', 'reasoning_details'),
        chat.textContent('tool'),
        efforts('none', 'default', 'low', 'medium', 'high'),
        wantsReasoning(textField('reasoning')),
        chat.asksForUsage,
      ],
    }),
    responsesWire({
      path: '/openai/v1/responses',
      rules: [
        knownModel((model) => `The model \`${model}\` does not exist or you do not have access to it.`),
        limitedBy('max_output_tokens'),
      ],
    }),
  ],
};
