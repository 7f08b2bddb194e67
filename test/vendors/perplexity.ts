import { bearer } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { responsesWire } from './kit/wires.ts';

const KEY = 'pplx-key-of-perplexity-0123456789';

const models: readonly VendorModel[] = [
  { id: 'anthropic/claude-sonnet-4-6', window: 1_000_000, output: 128_000 },
  // The window is unverified.
  { id: 'perplexity/sonar', window: 128_000, output: 128_000, reasons: false },
];

/** Perplexity, whose Chat Completions are retired. */
export const perplexity: Vendor = {
  id: 'perplexity',
  hosts: ['api.perplexity.ai'],
  key: KEY,
  models,
  listIsBare: true,
  admits: bearer(KEY, { missing: 'Unauthorized', wrong: 'Invalid API key provided.', type: 'invalid_api_key' }),
  errors: openaiError,
  unknownPath: () => ({
    status: 410,
    body: { error: { message: 'Sonar is now part of the Agent API. Use /v1/responses.', type: 'gone', code: 410 } },
  }),
  wires: [
    responsesWire({
      path: '/v1/responses',
      rules: [
        knownModel((model) => `Invalid model '${model}'.`, { status: 400 }),
        limitedBy('max_output_tokens'),
        rules.roles('user', 'assistant', 'system', 'developer'),
      ],
    }),
  ],
};
