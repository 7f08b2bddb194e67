import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { baseError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import * as chat from './kit/rules/chat.ts';
import { details, needsReasoning } from './kit/rules/chat-reasoning.ts';
import { ignores, knownModel, limitedBy, oneOf, REQUIRED } from './kit/rules/common.ts';
import { CLONE_RULES, thinkingComesBack, thinkingTypes } from './kit/rules/messages-clone.ts';
import type { Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire, responsesWire } from './kit/wires.ts';

const KEY = 'key-of-minimax-0123456789';
const WORDS = { missing: 'login fail: please carry the API secret key', wrong: 'invalid api key', code: '1004' };

const models: readonly VendorModel[] = [
  { id: 'MiniMax-M3.1-Flash', window: 1_000_000, output: 524_288 },
  { id: 'MiniMax-M3', window: 1_000_000, output: 524_288 },
  { id: 'MiniMax-M2.7', window: 204_800, output: 131_072, images: false },
];

const unknown = knownModel((model) => `invalid params, unknown model '${model}'`, { status: 400, code: '2013' });
const overflow = (): string => 'invalid params, context window exceeds limit';
const overflowAs = { code: '2013' };

/** MiniMax's global host, whose Anthropic endpoint is the one that it recommends. */
export const minimax: Vendor = {
  id: 'minimax',
  hosts: ['api.minimax.io'],
  key: KEY,
  models,
  admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
  errors: baseError,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/anthropic/v1/messages',
      overflow,
      overflowAs,
      rules: [unknown, ...CLONE_RULES, thinkingTypes('adaptive', 'disabled'), thinkingComesBack(true)],
    }),
    chatWire({
      path: '/v1/chat/completions',
      admits: bearer(KEY, WORDS),
      reasoning: 'snapshots',
      overflow,
      overflowAs,
      rules: [
        unknown,
        limitedBy('max_completion_tokens'),
        ignores('tool_choice', 'parallel_tool_calls', 'seed', 'response_format', 'reasoning_effort'),
        chat.roles('system', 'user', 'assistant', 'tool'),
        oneOf('reasoning_split', [true, REQUIRED]),
        needsReasoning(details, 'invalid params, reasoning_details missing in assistant message'),
        chat.asksForUsage,
      ],
    }),
    responsesWire({
      path: '/v1/responses',
      admits: bearer(KEY, WORDS),
      rules: [unknown, limitedBy('max_output_tokens')],
    }),
  ],
};
