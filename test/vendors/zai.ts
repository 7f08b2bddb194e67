import { bearer, eitherWay, keyHeader } from './kit/admission.ts';
import { anthropicError, codedError } from './kit/error-shapes.ts';
import { refuse } from './kit/refuse.ts';
import { efforts, textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import * as chat from './kit/rules/chat.ts';
import { knownModel, limitedBy, oneOf } from './kit/rules/common.ts';
import { CLONE_RULES, thinkingComesBack } from './kit/rules/messages-clone.ts';
import type { Rule, Vendor, VendorModel } from './kit/vendor.ts';
import { chatWire, messagesWire } from './kit/wires.ts';

const KEY = 'key-of-zai.0123456789';
const WORDS = { missing: 'Header中未收到Authorization参数', wrong: 'token expired or incorrect', code: '1000' };

const models: readonly VendorModel[] = [
  { id: 'glm-5.3-flash', window: 1_000_000, output: 131_072 },
  { id: 'glm-5.3', window: 1_000_000, output: 131_072, images: false },
  { id: 'glm-5-turbo', window: 200_000, output: 131_072, images: false },
];

const unknown = knownModel(() => 'Unknown Model, please check the model code.', { status: 400, code: '1211' });
const overflow = (): string => 'Prompt exceeds max length';
const overflowAs = { code: '1261' };

/** Without it the arguments of a call arrive in one piece. */
const toolStream: Rule = ({ body }) =>
  body['tools'] !== undefined && body['stream'] === true && body['tool_stream'] !== true
    ? refuse('the arguments of calls are not streamed', { param: 'tool_stream', ignored: true })
    : undefined;

/** Without it the thinking of earlier turns is thrown away. */
const keepsThinking: Rule = ({ body }) => {
  const { type, clear_thinking: clear } = (body['thinking'] ?? {}) as { type?: unknown; clear_thinking?: unknown };
  return type === 'disabled' || clear === false || body['tools'] === undefined
    ? undefined
    : refuse('the thinking of earlier turns is cleared', { param: 'thinking', ignored: true });
};

/** Z.ai, the general platform. */
export const zai: Vendor = {
  id: 'zai',
  hosts: ['api.z.ai'],
  key: KEY,
  models,
  admits: bearer(KEY, WORDS),
  errors: codedError,
  list: (path) =>
    path === '/api/v1/models' ? { models: models.map(({ id }) => ({ slug: id, display_name: id })) } : undefined,
  listIsBare: true,
  wires: [
    messagesWire({
      path: '/api/anthropic/v1/messages',
      errors: anthropicError,
      admits: eitherWay(bearer(KEY, WORDS), keyHeader('x-api-key', KEY, WORDS)),
      overflow,
      overflowAs,
      rules: [unknown, ...CLONE_RULES, thinkingComesBack(false)],
    }),
    ...['/api/paas/v4', '/api/coding/paas/v4'].map((base) =>
      chatWire({
        path: `${base}/chat/completions`,
        overflow,
        overflowAs,
        rules: [
          unknown,
          limitedBy('max_tokens'),
          chat.roles('system', 'user', 'assistant', 'tool'),
          oneOf('tool_choice', ['auto', undefined]),
          efforts('low', 'high', 'max'),
          toolStream,
          keepsThinking,
          wantsReasoning(textField('reasoning_content')),
          chat.asksForUsage,
        ],
      }),
    ),
  ],
};
