import { openaiList } from './kit/lists.ts';
import { plainVendor, templateWire } from './kit/plain-chat.ts';
import { efforts, textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import type { VendorModel } from './kit/vendor.ts';

const BASE = '/client/v4/accounts/0123456789abcdef0123456789abcdef/ai';

const models: readonly VendorModel[] = [
  { id: '@cf/zai-org/glm-5.3-flash', window: 1_048_576, output: 1_048_576 },
  { id: '@cf/zai-org/glm-5.3', window: 1_048_576, output: 1_048_576, images: false },
  { id: '@cf/deepseek-ai/deepseek-v4.1-flash-1017', window: 1_048_576, output: 1_048_576 },
];

/** Workers AI. */
export const cloudflare = plainVendor({
  id: 'cloudflare',
  hosts: ['api.cloudflare.com'],
  key: 'key-of-cloudflare-0123456789',
  models,
  options: { account: '0123456789abcdef0123456789abcdef' },
  list: openaiList(`${BASE}/models/search`, models, ({ window }) => ({ context_length: window })),
  wires: [
    templateWire('max_completion_tokens', {
      path: `${BASE}/v1/chat/completions`,
      rules: [efforts('low', 'high', 'max'), wantsReasoning(textField('reasoning_content'))],
    }),
  ],
});
