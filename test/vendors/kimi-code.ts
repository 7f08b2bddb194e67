import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { refuse } from './kit/refuse.ts';
import { knownModel } from './kit/rules/common.ts';
import { kimiRules } from './kit/rules/kimi.ts';
import { CLONE_RULES, thinkingComesBack } from './kit/rules/messages-clone.ts';
import { kimiSchema } from './kit/rules/schemas.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire } from './kit/wires.ts';

const KEY = 'sk-kimi-key-of-kimi-code-0123456789';
const WORDS = {
  missing: 'The API Key appears to be missing.',
  wrong: 'The API Key appears to be invalid or may have expired.',
  type: 'invalid_authentication_error',
};

const models: readonly VendorModel[] = [
  { id: 'k3-256k', window: 262_144, output: 131_072 },
  { id: 'k3.1-pro', window: 1_048_576, output: 131_072 },
  { id: 'kimi-for-coding', window: 1_048_576, output: 32_768 },
];

const unknown = knownModel((model) => `Not found the model ${model} or Permission denied`, {
  type: 'resource_not_found_error',
});
const overflow = (tokens: number, maximum: number): string =>
  `Invalid request: Your request exceeded model token limit: ${maximum} (requested: ${tokens})`;

/**
 * The plan admits programs that it knows by their own name; Claude Code is one of them. Whether that holds for Chat
 * Completions as well is unverified.
 */
const knownProgram: Rule = ({ headers }) =>
  /^claude-(?:cli|code)\//.test(String(headers['user-agent']))
    ? undefined
    : refuse('Kimi For Coding is currently only available for Coding Agents', {
        status: 403,
        type: 'access_terminated_error',
      });

/** The plan for programs that code. */
export const kimiCode: Vendor = {
  id: 'kimi-code',
  hosts: ['api.kimi.com'],
  key: KEY,
  models,
  admits: bearer(KEY, WORDS),
  errors: openaiError,
  list: openaiList('/coding/v1/models', models),
  listIsBare: true,
  knownProgramsOnly: true,
  wires: [
    messagesWire({
      path: '/coding/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      overflow,
      rules: [knownProgram, unknown, ...CLONE_RULES, thinkingComesBack(true)],
    }),
    chatWire({
      path: '/coding/v1/chat/completions',
      schema: kimiSchema,
      callId: (answer, index) => `functions.Tool_${answer}:${index}`,
      overflow,
      rules: [unknown, ...kimiRules('auto', 'none')],
    }),
  ],
};
