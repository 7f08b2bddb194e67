import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { plainKey, plainVendor, templateWire } from './kit/plain-chat.ts';
import { refuse } from './kit/refuse.ts';
import { forbids } from './kit/rules/common.ts';
import { CLONE_RULES } from './kit/rules/messages-clone.ts';
import type { Rule, VendorModel, VendorWire } from './kit/vendor.ts';
import { messagesWire } from './kit/wires.ts';

const KEY = 'sk-key-of-siliconflow-0123456789';
const WORDS = { missing: 'Invalid token', wrong: 'Invalid token' };

// Ids age here faster than elsewhere, so that any of the form vendor/model will do; the list names one.
const models: readonly VendorModel[] = [{ id: 'zai-org/GLM-5.3', window: 1_049_000, output: 131_072, images: false }];

const namedByVendor: Rule = ({ model }) =>
  /^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(model)
    ? undefined
    : refuse('Model does not exist. Please check it carefully.', { code: '20012' });

const budget: Rule = ({ body }) => {
  const { thinking_budget: tokens } = body;
  return typeof tokens === 'number' && (tokens < 128 || tokens > 32_768)
    ? refuse('thinking_budget must be between 128 and 32768', { param: 'thinking_budget' })
    : undefined;
};

/** Whatever it is called, it is served. */
function withoutKnownModel(wire: VendorWire): VendorWire {
  return { ...wire, rules: [namedByVendor, ...wire.rules.slice(1)] };
}

/** SiliconFlow's international host. */
export const siliconflow = plainVendor({
  id: 'siliconflow',
  hosts: ['api.siliconflow.com'],
  key: KEY,
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      rules: [namedByVendor, ...CLONE_RULES],
    }),
    withoutKnownModel(
      templateWire(['max_tokens', 'max_completion_tokens'], {
        path: '/v1/chat/completions',
        admits: plainKey(KEY),
        rules: [budget, forbids(['reasoning_effort', 'thinking'])],
      }),
    ),
  ],
});
