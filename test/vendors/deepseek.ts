import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { refuse } from './kit/refuse.ts';
import { efforts, needsReasoning, textField } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { ignores, knownModel, limitedBy } from './kit/rules/common.ts';
import { CLONE_RULES, thinkingComesBack } from './kit/rules/messages-clone.ts';
import * as rules from './kit/rules/responses.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'sk-key-of-deepseek-0123456789';
const WORDS = {
  missing: 'Authentication Fails (no key)',
  wrong: 'Authentication Fails, Your api key is invalid',
  type: 'authentication_error',
};

const models: readonly VendorModel[] = [
  { id: 'deepseek-flash', window: 1_000_000, output: 384_000 },
  { id: 'deepseek-v4-pro', window: 1_000_000, output: 384_000, images: false },
];

const unknown = knownModel(() => 'Model Not Exist', { status: 400 });

const noSchemaOfAnswers: Rule = ({ body }) =>
  (body['response_format'] as { type?: unknown } | undefined)?.type === 'json_schema'
    ? refuse('This response_format type is unavailable now', { param: 'response_format' })
    : undefined;

/** DeepSeek: three protocols below one host. */
export const deepseek: Vendor = {
  id: 'deepseek',
  hosts: ['api.deepseek.com'],
  key: KEY,
  models,
  admits: bearer(KEY, WORDS),
  errors: openaiError,
  list: openaiList('/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [unknown, ...CLONE_RULES, thinkingComesBack(true)],
    }),
    chatWire({
      path: '/chat/completions',
      rules: [
        unknown,
        limitedBy('max_tokens'),
        ignores('temperature', 'top_p'),
        noSchemaOfAnswers,
        efforts('low', 'medium', 'high', 'xhigh', 'max'),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.textContent('tool'),
        needsReasoning(
          textField('reasoning_content'),
          'The reasoning_content in the thinking mode must be passed back to the API.',
        ),
        chat.asksForUsage,
      ],
    }),
    responsesWire({
      path: '/responses',
      rules: [
        unknown,
        limitedBy('max_output_tokens'),
        rules.strictAdjacency,
        rules.wantsReasoning,
        rules.toolTypes('function'),
        rules.roles('user', 'assistant', 'system', 'developer'),
      ],
    }),
  ],
};
