import { openaiList } from './kit/lists.ts';
import { plainVendor, templateWire } from './kit/plain-chat.ts';
import { refuse } from './kit/refuse.ts';
import * as chat from './kit/rules/chat.ts';
import { needsReasoning, textField } from './kit/rules/chat-reasoning.ts';
import { forbids } from './kit/rules/common.ts';
import type { Rule, VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [
  { id: 'deepseek-ai/deepseek-v4.1-flash', window: 1_000_000, output: 384_000 },
  { id: 'z-ai/glm-5.3-flash', window: 1_000_000, output: 131_072 },
  { id: 'minimaxai/minimax-m3.1-flash', window: 262_144, output: 262_144 },
];

const oneCallAtOnce: Rule = ({ body }) =>
  body['parallel_tool_calls'] === true
    ? refuse('This model only supports single tool-calls at once!', { param: 'parallel_tool_calls' })
    : undefined;

/** NVIDIA's hosted microservices. */
export const nvidia = plainVendor({
  id: 'nvidia',
  hosts: ['integrate.api.nvidia.com'],
  key: 'nvapi-key-of-nvidia-0123456789',
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    templateWire('max_tokens', {
      path: '/v1/chat/completions',
      rules: [
        oneCallAtOnce,
        forbids(['reasoning', 'store', 'enable_thinking']),
        chat.textContent('tool', 'assistant'),
        needsReasoning(textField('reasoning_content'), 'reasoning_content is missing in an assistant message'),
      ],
    }),
  ],
});
