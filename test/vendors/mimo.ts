import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainKey, plainVendor, templateWire } from './kit/plain-chat.ts';
import { needsReasoning, textField } from './kit/rules/chat-reasoning.ts';
import { forbids, knownModel } from './kit/rules/common.ts';
import { CLONE_RULES, thinkingComesBack } from './kit/rules/messages-clone.ts';
import type { VendorModel } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'sk-key-of-mimo-0123456789';
const WORDS = { missing: 'Please provide valid API Key', wrong: 'Invalid API Key' };

const models: readonly VendorModel[] = [
  { id: 'mimo-v2.6-flash', window: 1_048_576, output: 131_072 },
  { id: 'mimo-v2.6-pro', window: 1_048_576, output: 131_072 },
];

/** Xiaomi's MiMo, pay as you go. */
export const mimo = plainVendor({
  id: 'mimo',
  hosts: ['api.xiaomimimo.com'],
  key: KEY,
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [
        knownModel((model) => `Not supported model ${model}`, { status: 400 }),
        ...CLONE_RULES,
        thinkingComesBack(true),
      ],
    }),
    templateWire('max_completion_tokens', {
      path: '/v1/chat/completions',
      admits: plainKey(KEY),
      rules: [
        forbids(['reasoning_effort']),
        needsReasoning(textField('reasoning_content'), 'reasoning_content must be passed back in thinking mode'),
      ],
    }),
  ],
});
