import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainKey, plainVendor, templateWire } from './kit/plain-chat.ts';
import { knownModel } from './kit/rules/common.ts';
import { CLONE_RULES } from './kit/rules/messages-clone.ts';
import type { VendorModel } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'key-of-stepfun-0123456789';
const WORDS = { missing: 'Incorrect API key provided', wrong: 'Incorrect API key provided' };

const models: readonly VendorModel[] = [{ id: 'step-3.7-flash', window: 262_144, output: 256_000 }];

/** StepFun, pay as you go. */
export const stepfun = plainVendor({
  id: 'stepfun',
  // Its two sites are apart; which of them a profile means without a word is up to the row.
  hosts: ['api.stepfun.com', 'api.stepfun.ai'],
  key: KEY,
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [knownModel((model) => `model ${model} not found`), ...CLONE_RULES],
    }),
    templateWire(['max_tokens', 'max_completion_tokens'], {
      path: '/v1/chat/completions',
      admits: plainKey(KEY),
      reasoning: 'reasoning',
    }),
  ],
});
