import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainKey, plainVendor } from './kit/plain-chat.ts';
import * as chat from './kit/rules/chat.ts';
import { details, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import type { VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire } from './kit/wires.ts';

const KEY = 'vck_key_of_vercel_0123456789';
const WORDS = { missing: 'Missing API key', wrong: 'Invalid API key' };
const LARGE = { window: 1_000_000, output: 128_000 };

const models: readonly VendorModel[] = [
  { id: 'anthropic/claude-haiku-5.5', ...LARGE },
  { id: 'anthropic/claude-sonnet-5.5', ...LARGE },
  { id: 'anthropic/claude-opus-5.5', ...LARGE },
];

const unknown = knownModel((model) => `Model '${model}' not found`);

/** Vercel's gateway. */
export const vercel = plainVendor({
  id: 'vercel',
  hosts: ['ai-gateway.vercel.sh'],
  key: KEY,
  models,
  list: openaiList('/v1/models', models, ({ window, output }) => ({ context_window: window, max_tokens: output })),
  listIsPublic: true,
  wires: [
    messagesWire({
      path: '/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [unknown, ...CLAUDE_RULES],
    }),
    chatWire({
      path: '/v1/chat/completions',
      admits: plainKey(KEY),
      reasoning: 'details',
      rules: [
        unknown,
        limitedBy(['max_tokens', 'max_completion_tokens']),
        chat.roles('system', 'developer', 'user', 'assistant', 'tool'),
        wantsReasoning(details),
      ],
    }),
  ],
});
