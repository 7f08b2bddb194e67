import { bearer } from './kit/admission.ts';
import { sentenceError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { refuse } from './kit/refuse.ts';
import { textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { forbids, knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, responsesWire } from './kit/wires.ts';

const KEY = 'xai-key-of-xai-0123456789';

const models: readonly VendorModel[] = [
  { id: 'grok-4.6', window: 500_000, output: 128_000 },
  { id: 'grok-4.7', window: 500_000, output: 128_000 },
  { id: 'grok-4.3', window: 1_000_000, output: 30_000 },
];

const unknown = knownModel((model) => `The model ${model} does not exist or your team does not have access to it.`);
const overflow = (tokens: number, maximum: number): string =>
  `This model's maximum prompt length is ${maximum} but the request contains ${tokens} tokens.`;
const REFUSED = ['stop', 'presence_penalty', 'frequency_penalty', 'external_web_access'];

const choiceNeedsTools: Rule = ({ body }) =>
  body['tool_choice'] !== undefined && body['tools'] === undefined
    ? refuse('A tool_choice was set on the request but no tools were specified.')
    : undefined;

const noVerbosity: Rule = ({ body }) =>
  (body['text'] as { verbosity?: unknown } | undefined)?.verbosity === undefined
    ? undefined
    : refuse('Argument not supported: text.verbosity', { param: 'text.verbosity' });

/** xAI: Responses first. */
export const xai: Vendor = {
  id: 'xai',
  hosts: ['api.x.ai'],
  key: KEY,
  models,
  admits: bearer(KEY, { missing: 'No API key provided.', wrong: 'Incorrect API key provided.', status: 400 }),
  errors: sentenceError,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    responsesWire({
      path: '/v1/responses',
      overflow,
      rules: [
        unknown,
        forbids(REFUSED, (name) => `Argument not supported on this model: ${name}`),
        limitedBy('max_output_tokens'),
        choiceNeedsTools,
        noVerbosity,
        rules.toolTypes('function', 'web_search', 'x_search'),
        rules.roles('user', 'assistant', 'system', 'developer'),
        rules.efforts('low', 'medium', 'high', 'xhigh'),
        rules.strictAdjacency,
        rules.includesReasoning,
        rules.wantsReasoning,
      ],
    }),
    chatWire({
      path: '/v1/chat/completions',
      overflow,
      rules: [
        unknown,
        forbids(REFUSED, (name) => `Argument not supported on this model: ${name}`),
        limitedBy(['max_tokens', 'max_completion_tokens']),
        choiceNeedsTools,
        chat.roles('system', 'user', 'assistant', 'tool'),
        wantsReasoning(textField('reasoning_content')),
        chat.asksForUsage,
      ],
    }),
  ],
};
