import { bearer, needsHeaders } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { COUNTED } from './kit/lists.ts';
import { firstOf, refuse } from './kit/refuse.ts';
import * as chat from './kit/rules/chat.ts';
import { CLAUDE_RULES } from './kit/rules/claude.ts';
import { forbids, knownModel } from './kit/rules/common.ts';
import { betas, noServerTools } from './kit/rules/messages-clone.ts';
import { turnTraits } from './kit/rules/turn-traits.ts';
import * as rules from './kit/rules/responses.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'ghu_keyOfGithubCopilot0123456789';
const TOKEN = 'tid=0123456789;exp=9999999999;sku=individual;proxy-ep=proxy.individual.githubcopilot.com:signature';
const HOST = 'api.individual.githubcopilot.com';
const ENDPOINTS = { messages: '/v1/messages', responses: '/responses', chat: '/chat/completions' };

type CopilotModel = VendorModel & { readonly by: keyof typeof ENDPOINTS };

const models: readonly CopilotModel[] = [
  { id: 'claude-haiku-5.5', window: 1_000_000, output: 128_000, by: 'messages' },
  { id: 'claude-sonnet-5.5', window: 1_000_000, output: 128_000, by: 'messages' },
  { id: 'claude-opus-5.5', window: 1_000_000, output: 128_000, by: 'messages' },
  { id: 'gpt-6.1-sol', window: 1_050_000, output: 128_000, by: 'responses' },
  { id: 'gpt-6.1-terra', window: 1_050_000, output: 128_000, by: 'responses' },
  { id: 'gemini-3.8-flash', window: 1_000_000, output: 64_000, by: 'chat' },
];

/** A model is to be had by the wires that its entry in the list names, and by no other. */
function servedBy(by: keyof typeof ENDPOINTS): Rule {
  return ({ model }) =>
    models.some((each) => each.id === model && each.by === by)
      ? undefined
      : refuse(`model "${model}" is not accessible via the ${ENDPOINTS[by]} endpoint`, {
          code: 'unsupported_api_for_model',
        });
}

/** Whose turn it is, and whether there is something to see, stand in headers. */
const traits: Rule = (call) => {
  const { followsTools, hasImages } = turnTraits(call);
  const { 'x-initiator': initiator } = call.headers;
  // A word of the user may be the client's own, such as its wish for a summary: then it is the agent's turn as well.
  if (initiator !== 'agent' && (followsTools || initiator !== 'user'))
    return refuse(`x-initiator cannot be ${String(initiator)}`, { ignored: true });
  return hasImages && call.headers['copilot-vision-request'] !== 'true'
    ? refuse('missing required Copilot-Vision-Request header for vision requests')
    : undefined;
};

const admits: Rule = (call) =>
  firstOf(
    [
      bearer(TOKEN, { missing: 'unauthorized: token is missing', wrong: 'unauthorized: token expired' }),
      needsHeaders({ 'editor-version': /\S/, 'copilot-integration-id': /\S/, 'x-github-api-version': /^20\d\d-/ }),
    ],
    call,
  );

const unknown = knownModel(() => 'The requested model is not supported.', { status: 400, code: 'model_not_supported' });
const overflow = (tokens: number, maximum: number): string =>
  `prompt token count of ${tokens} exceeds the limit of ${maximum}`;
const overflowAs = { code: 'model_max_prompt_tokens_exceeded' };
const BETAS = ['interleaved-thinking-2025-05-14', 'context-management-2025-06-27', 'advanced-tool-use-2025-11-20'];

const list = {
  object: 'list',
  data: models.map(({ id, window, output, by }) => ({
    id,
    name: id,
    object: 'model',
    vendor: 'vendor',
    model_picker_enabled: true,
    policy: { state: 'enabled' },
    supported_endpoints: [ENDPOINTS[by]],
    capabilities: {
      type: 'chat',
      limits: {
        max_context_window_tokens: window,
        max_prompt_tokens: window - output,
        max_output_tokens: output,
        vision: { max_prompt_images: 5 },
      },
      supports: { tool_calls: true, parallel_tool_calls: true, vision: true, streaming: true },
    },
  })),
};

/** Copilot for one person: the token of GitHub is exchanged for one that lives half an hour. */
export const githubCopilot: Vendor = {
  id: 'github-copilot',
  hosts: ['api.github.com', HOST],
  key: KEY,
  models,
  tried: ['claude-sonnet-5.5', 'gpt-6.1-terra', 'gemini-3.8-flash'],
  oneWirePerModel: true,
  admits,
  errors: openaiError,
  list: (path) => (path === '/models' ? list : undefined),
  other: ({ url, headers }) => {
    if (url.pathname === '/v1/messages/count_tokens') return COUNTED;
    if (url.host !== 'api.github.com') return undefined;
    if (url.pathname !== '/copilot_internal/v2/token') return { status: 404, body: { message: 'Not Found' } };
    if (!/^(?:token|bearer) ghu_keyOfGithubCopilot0123456789$/i.test(String(headers.authorization)))
      return { status: 401, body: { message: 'Bad credentials' } };
    const now = Math.floor(Date.now() / 1000);
    const endpoints = { api: `https://${HOST}`, proxy: 'https://proxy.individual.githubcopilot.com' };
    return {
      status: 200,
      body: { token: TOKEN, expires_at: now + 1500, refresh_in: 1200, endpoints, sku: 'individual' },
    };
  },
  wires: [
    messagesWire({
      path: ENDPOINTS.messages,
      errors: anthropicError,
      overflow,
      rules: [unknown, servedBy('messages'), traits, betas(BETAS), noServerTools, ...CLAUDE_RULES],
    }),
    responsesWire({
      path: ENDPOINTS.responses,
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        servedBy('responses'),
        traits,
        forbids(['service_tier', 'prompt_cache_retention']),
        rules.wantsReasoning,
      ],
    }),
    chatWire({
      path: ENDPOINTS.chat,
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        servedBy('chat'),
        traits,
        forbids(['store', 'service_tier', 'prompt_cache_key']),
        chat.roles('system', 'user', 'assistant', 'tool'),
      ],
    }),
  ],
};
