import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainKey, plainVendor, templateWire } from './kit/plain-chat.ts';
import { refuse } from './kit/refuse.ts';
import { textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import { knownModel } from './kit/rules/common.ts';
import { CLONE_RULES, noCacheOnTools, thinkingComesBack } from './kit/rules/messages-clone.ts';
import type { Rule, VendorModel } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'fw_key_of_fireworks_0123456789';
const WORDS = { missing: 'No API key provided', wrong: 'Invalid API key' };

const models: readonly VendorModel[] = [
  { id: 'accounts/fireworks/models/deepseek-v4p1-flash', window: 1_000_000, output: 384_000 },
  { id: 'accounts/fireworks/models/minimax-m3p1-flash', window: 1_000_000, output: 512_000 },
  { id: 'accounts/fireworks/models/qwen3p8-max', window: 262_144, output: 131_072 },
  { id: 'accounts/fireworks/routers/kimi-latest', window: 1_048_576, output: 131_072 },
];

const oneWayToReason: Rule = ({ body }) =>
  body['thinking'] !== undefined && body['reasoning_effort'] !== undefined
    ? refuse('Cannot specify both thinking and reasoning_effort', { param: 'thinking' })
    : undefined;

/** Fireworks, Anthropic's protocol first. */
export const fireworks = plainVendor({
  id: 'fireworks',
  hosts: ['api.fireworks.ai'],
  key: KEY,
  models,
  list: openaiList('/inference/v1/models', models, ({ window }) => ({ context_length: window })),
  wires: [
    messagesWire({
      path: '/inference/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [
        knownModel((model) => `Model not found: ${model}`),
        ...CLONE_RULES,
        noCacheOnTools,
        thinkingComesBack(false),
      ],
    }),
    templateWire('max_completion_tokens', {
      path: '/inference/v1/chat/completions',
      admits: plainKey(KEY),
      rules: [oneWayToReason, wantsReasoning(textField('reasoning_content'))],
    }),
  ],
});
