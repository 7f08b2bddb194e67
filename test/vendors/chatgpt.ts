import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { planDialect } from './kit/plan-dialect.ts';
import { forbids, knownModel } from './kit/rules/common.ts';
import { PLAN_RULES, toolItems, toolsInInput } from './kit/rules/plans.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { responsesWire } from './kit/wires.ts';

const KEY = 'access-token-of-chatgpt-0123456789';

/** Models of a plan. */
export const PLAN_MODELS: readonly VendorModel[] = [
  { id: 'gpt-6-luna', window: 272_000, output: 128_000 },
  { id: 'gpt-6.1-terra', window: 500_000, output: 128_000 },
  { id: 'gpt-6.1-sol', window: 500_000, output: 128_000 },
];

const REFUSED =
  'temperature top_p top_logprobs max_output_tokens max_tool_calls metadata moderation multi_agent prompt safety_identifier user truncation background conversation previous_response_id prompt_cache_retention prompt_cache_options configuration_update'.split(
    ' ',
  );

/** The list of a plan: in the order in which they are offered, the hidden ones among them. */
export const planList = {
  models: [
    ...PLAN_MODELS.map(({ id }) => ({ slug: id, display_name: id, visibility: 'list' })),
    { slug: 'codex-auto-review', display_name: 'Review', visibility: 'hide' },
  ],
};

/** A ChatGPT plan by "Sign in with ChatGPT". */
export const chatgpt: Vendor = {
  id: 'chatgpt',
  hosts: ['api.openai.com'],
  key: KEY,
  models: PLAN_MODELS,
  admits: bearer(KEY, {
    missing: 'Missing bearer authentication',
    wrong: 'Your authentication token has expired.',
    code: 'token_expired',
  }),
  errors: openaiError,
  list: (path) => (path === '/v1/models' ? planList : undefined),
  listIsBare: true,
  wires: [
    {
      ...responsesWire({
        path: '/v1/responses',
        schema: plainRoot,
        overflow: () => 'Your input exceeds the context window of this model. Please adjust your input and try again.',
        overflowAs: { code: 'context_length_exceeded' },
        rules: [
          knownModel((model) => `The model \`${model}\` does not exist or you do not have access to it.`),
          forbids(REFUSED, (name) => `Unsupported parameter: ${name}`),
          ...PLAN_RULES,
          toolItems,
          toolsInInput,
        ],
      }),
      dialect: planDialect,
    },
  ],
};
