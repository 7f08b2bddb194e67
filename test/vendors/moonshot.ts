import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { forModels } from './kit/refuse.ts';
import * as chat from './kit/rules/chat.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import { kimiRules } from './kit/rules/kimi.ts';
import { CLONE_RULES, thinkingComesBack } from './kit/rules/messages-clone.ts';
import { kimiSchema } from './kit/rules/schemas.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'sk-key-of-moonshot-0123456789';
const WORDS = {
  missing: 'Incorrect API key provided',
  wrong: 'Invalid Authentication',
  type: 'invalid_authentication_error',
};

const models: readonly VendorModel[] = [
  { id: 'kimi-k2.7-code', window: 262_144, output: 262_144 },
  { id: 'kimi-k3.1-pro', window: 1_048_576, output: 1_048_576 },
  { id: 'kimi-k3', window: 1_048_576, output: 1_048_576 },
];

const unknown = knownModel((model) => `Not found the model ${model} or Permission denied`, {
  type: 'resource_not_found_error',
});
const overflow = (tokens: number, maximum: number): string =>
  `Invalid request: Your request exceeded model token limit: ${maximum} (requested: ${tokens})`;

/** Moonshot's own platform. */
export const moonshot: Vendor = {
  id: 'moonshot',
  hosts: ['api.moonshot.ai'],
  key: KEY,
  models,
  tried: ['kimi-k3.1-pro', 'kimi-k2.7-code'],
  admits: bearer(KEY, WORDS),
  errors: openaiError,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      overflow,
      rules: [unknown, ...CLONE_RULES, thinkingComesBack(true)],
    }),
    chatWire({
      path: '/v1/chat/completions',
      schema: kimiSchema,
      callId: (answer, index) => `functions.Tool_${answer}:${index}`,
      overflow,
      rules: [
        unknown,
        forModels((model) => model === 'kimi-k2.7-code', [chat.toolChoices('auto', 'none')]),
        ...kimiRules('auto', 'none', 'required', 'function'),
      ],
    }),
    responsesWire({
      path: '/v1/responses',
      rules: [unknown, limitedBy('max_output_tokens')],
    }),
  ],
};
