import { needsHeaders, bearer } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { COUNTED } from './kit/lists.ts';
import { firstOf, forModels, refuse } from './kit/refuse.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'glpat-keyOfGitlabDuo0123456789';
const TOKEN = 'token-of-the-gateway-of-gitlab-0123456789';
const GIVEN = { 'x-gitlab-instance-id': 'instance-0123', 'x-gitlab-realm': 'saas', 'x-gitlab-user-id': 'user-0123' };
const LARGE = { window: 1_000_000, output: 128_000 };

const models: readonly VendorModel[] = [
  ...['claude-fable-5-1', 'claude-opus-5', 'claude-sonnet-5'].map((id) => ({ id, ...LARGE })),
  { id: 'claude-haiku-4-5-20251001', window: 200_000, output: 64_000 },
  { id: 'gpt-6-astra', window: 1_050_000, output: 128_000 },
];

/** The headers that came with the token, and not the key among them. */
const given: Rule = (call) => {
  const patterns = Object.entries(GIVEN).map(([name, value]) => [name, new RegExp(`^${value}$`)] as const);
  const missing = needsHeaders(Object.fromEntries(patterns), 401)(call);
  return (
    missing ??
    (call.headers['x-api-key'] === undefined ? undefined : refuse('x-api-key must not be sent', { status: 401 }))
  );
};

const admits: Rule = (call) =>
  firstOf([bearer(TOKEN, { missing: 'No authorization header', wrong: 'Forbidden by auth provider' }), given], call);
const unknown = knownModel((model) => `model: ${model}`);

/** GitLab's gateway, for a token of gitlab.com. */
export const gitlabDuo: Vendor = {
  id: 'gitlab-duo',
  hosts: ['gitlab.com', 'cloud.gitlab.com'],
  key: KEY,
  models,
  tried: ['claude-sonnet-5', 'gpt-6-astra'],
  oneWirePerModel: true,
  listIsBare: true,
  admits,
  errors: openaiError,
  other: ({ method, url, headers }) => {
    if (url.pathname.endsWith('/v1/messages/count_tokens')) return COUNTED;
    if (method !== 'POST' || url.pathname !== '/api/v4/ai/third_party_agents/direct_access') return undefined;
    if (headers.authorization !== `Bearer ${KEY}`) return { status: 401, body: { message: '401 Unauthorized' } };
    const more = { ...GIVEN, 'x-api-key': 'not to be sent' };
    return {
      status: 201,
      body: { base_url: 'https://cloud.gitlab.com', token: TOKEN, headers: more, expires_in: 1800 },
    };
  },
  wires: [
    messagesWire({
      path: '/ai/v1/proxy/anthropic/v1/messages',
      errors: anthropicError,
      overflow: (tokens, maximum) => `prompt is too long: ${tokens} tokens > ${maximum} maximum`,
      rules: [unknown, forModels((model) => !model.includes('haiku-4-5'), CLAUDE_RULES)],
    }),
    responsesWire({
      path: '/ai/v1/proxy/openai/v1/responses',
      schema: plainRoot,
      rules: [unknown, limitedBy('max_output_tokens', 16), rules.includesReasoning, rules.wantsReasoning],
    }),
  ],
};
