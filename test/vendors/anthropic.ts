import { bearer, eitherWay, keyHeader, needsHeaders } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { anthropicList, COUNTED } from './kit/lists.ts';
import { firstOf } from './kit/refuse.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { knownModel } from './kit/rules/common.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'sk-ant-api03-key-of-anthropic-0123456789';
const WORDS = { missing: 'x-api-key header is required', wrong: 'invalid x-api-key' };
const LARGE = { window: 1_000_000, output: 128_000 };

/** Claude's models as Anthropic serves them. */
const CLAUDE_MODELS: readonly VendorModel[] = [
  { id: 'claude-haiku-5-5', ...LARGE },
  { id: 'claude-sonnet-5-5', ...LARGE },
  { id: 'claude-opus-5-5', ...LARGE },
  { id: 'claude-fable-5-2', ...LARGE },
];

/** Anthropic itself. */
export const anthropic: Vendor = {
  id: 'anthropic',
  hosts: ['api.anthropic.com'],
  key: KEY,
  models: CLAUDE_MODELS,
  admits: (call) =>
    firstOf(
      [
        eitherWay(keyHeader('x-api-key', KEY, WORDS), bearer(KEY, WORDS)),
        needsHeaders({ 'anthropic-version': /^20\d\d-\d\d-\d\d$/ }),
      ],
      call,
    ),
  errors: anthropicError,
  list: anthropicList('/v1/models', CLAUDE_MODELS),
  listIsBare: true,
  other: ({ url }) => (url.pathname === '/v1/messages/count_tokens' ? COUNTED : undefined),
  rateHeaders: {
    'anthropic-ratelimit-requests-limit': '4000',
    'anthropic-ratelimit-requests-remaining': '3999',
    'anthropic-ratelimit-requests-reset': '2026-11-24T12:00:00Z',
  },
  wires: [
    messagesWire({
      path: '/v1/messages',
      rules: [knownModel((model) => `model: ${model}`), ...CLAUDE_RULES],
      overflow: (tokens, maximum) => `prompt is too long: ${tokens} tokens > ${maximum} maximum`,
    }),
  ],
};
