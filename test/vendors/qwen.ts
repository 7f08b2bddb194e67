import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { efforts } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import { CLONE_RULES } from './kit/rules/messages-clone.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'sk-key-of-qwen-0123456789';
const WORDS = {
  missing: "You didn't provide an API key.",
  wrong: 'Incorrect API key provided.',
  code: 'invalid_api_key',
};

const models: readonly VendorModel[] = [
  { id: 'qwen3.8-flash', window: 1_000_000, output: 131_072 },
  { id: 'qwen3.7-plus', window: 1_000_000, output: 65_536 },
  { id: 'qwen3.8-max', window: 1_000_000, output: 131_072 },
];

const unknown = knownModel((model) => `The model \`${model}\` does not exist or you do not have access to it.`);
const overflow = (_tokens: number, maximum: number): string => `Range of input length should be [1, ${maximum}]`;
const overflowAs = { code: 'invalid_parameter_error' };

/** Model Studio, pay as you go, international. */
export const qwen: Vendor = {
  id: 'qwen',
  hosts: ['dashscope-intl.aliyuncs.com'],
  key: KEY,
  models,
  admits: bearer(KEY, WORDS),
  errors: openaiError,
  list: openaiList('/compatible-mode/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/apps/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      overflow,
      overflowAs,
      rules: [unknown, ...CLONE_RULES],
    }),
    chatWire({
      path: '/compatible-mode/v1/chat/completions',
      overflow,
      overflowAs,
      rules: [
        unknown,
        limitedBy(['max_tokens', 'max_completion_tokens']),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.systemFirst,
        chat.toolChoices('auto', 'none', 'function'),
        efforts('low', 'medium', 'xhigh'),
        chat.asksForUsage,
      ],
    }),
    responsesWire({
      path: '/compatible-mode/v1/responses',
      rules: [unknown, limitedBy('max_output_tokens')],
    }),
  ],
};
