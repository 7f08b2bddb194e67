import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import * as chat from './kit/rules/chat.ts';
import { forbids, knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import { plainRoot } from './kit/rules/schemas.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, responsesWire } from './kit/wires.ts';
import { REASONING_REFUSES } from './openai.ts';

const KEY = 'key0of0azure00123456789';
const WORDS = {
  missing: 'Access denied due to missing subscription key.',
  wrong: 'Access denied due to invalid subscription key or wrong API endpoint.',
  code: '401',
};

// A deployment has any name; this one is that of its model.
const models: readonly VendorModel[] = ['gpt-6-luna', 'gpt-6.1-terra', 'gpt-6.1-sol'].map((id) => ({
  id,
  window: 1_050_000,
  output: 128_000,
}));

const unknown = knownModel(() => 'The API deployment for this resource does not exist.', {
  code: 'DeploymentNotFound',
});
const overflow = (): string => 'Your input exceeds the context window of this model.';
const overflowAs = { code: 'context_length_exceeded' };

/** A resource of Azure OpenAI, by its newer address without a version. */
export const azure: Vendor = {
  id: 'azure',
  hosts: ['testers.openai.azure.com'],
  key: KEY,
  models,
  options: { resource: 'testers' },
  admits: eitherWay(keyHeader('api-key', KEY, WORDS), bearer(KEY, WORDS)),
  errors: openaiError,
  list: openaiList('/openai/v1/models', models),
  listIsBare: true,
  wires: [
    responsesWire({
      path: '/openai/v1/responses',
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        forbids(REASONING_REFUSES, (name) => `Unknown parameter: '${name}'.`),
        limitedBy('max_output_tokens', 16),
        rules.includesReasoning,
        rules.wantsReasoning,
      ],
    }),
    chatWire({
      path: '/openai/v1/chat/completions',
      schema: plainRoot,
      overflow,
      overflowAs,
      rules: [
        unknown,
        forbids(REASONING_REFUSES),
        limitedBy('max_completion_tokens'),
        chat.callIds(/^.{1,40}$/, 'Invalid tool_calls[].id: string too long'),
        chat.asksForUsage,
      ],
    }),
  ],
};
