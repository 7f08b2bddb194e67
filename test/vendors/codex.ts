import { bearer, needsHeaders } from './kit/admission.ts';
import { PLAN_MODELS, planList } from './chatgpt.ts';
import { detailError } from './kit/error-shapes.ts';
import { planDialect } from './kit/plan-dialect.ts';
import { firstOf } from './kit/refuse.ts';
import { forbids, knownModel } from './kit/rules/common.ts';
import { hasInstructions, PLAN_RULES, switchNeedsTools } from './kit/rules/plans.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Rule, Vendor } from './kit/vendor.ts';
import { responsesWire } from './kit/wires.ts';

const ACCOUNT = 'account-0123456789';
const CLAIMS = { exp: 4_000_000_000, 'https://api.openai.com/auth': { chatgpt_account_id: ACCOUNT } };
const KEY = [{ alg: 'RS256', typ: 'JWT' }, CLAIMS, { of: 'nobody' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const REFUSED =
  'temperature top_p stop max_output_tokens metadata user previous_response_id prompt_cache_retention safety_identifier stream_options'.split(
    ' ',
  );

const known: Rule = needsHeaders({ 'chatgpt-account-id': new RegExp(`^${ACCOUNT}$`), originator: /\S/ });
const admitted = bearer(KEY, { missing: 'Unauthorized', wrong: 'Could not parse your authentication token.' });

/** A ChatGPT plan by the back end of the vendor's own programs. */
export const codex: Vendor = {
  id: 'codex',
  hosts: ['chatgpt.com'],
  key: KEY,
  models: PLAN_MODELS,
  admits: (call) => firstOf([admitted, known], call),
  errors: detailError,
  list: (path) => (path === '/backend-api/codex/models' ? planList : undefined),
  listIsBare: true,
  rateHeaders: { 'x-codex-primary-used-percent': '12', 'x-codex-primary-window-minutes': '300' },
  wires: [
    {
      ...responsesWire({
        path: '/backend-api/codex/responses',
        schema: plainRoot,
        errors: detailError,
        overflow: () => 'Your input exceeds the context window of this model. Please adjust your input and try again.',
        rules: [
          knownModel((model) => `The '${model}' model is not supported when using Codex with a ChatGPT account.`, {
            status: 400,
          }),
          needsHeaders({ 'openai-beta': /responses=experimental/ }),
          forbids(REFUSED, (name) => `Unsupported parameter: ${name}`),
          ...PLAN_RULES,
          hasInstructions,
          switchNeedsTools,
        ],
      }),
      dialect: planDialect,
    },
  ],
};
