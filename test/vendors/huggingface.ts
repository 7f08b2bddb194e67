import { openaiList } from './kit/lists.ts';
import { plainVendor, templateWire } from './kit/plain-chat.ts';
import { efforts, textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import type { VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [
  { id: 'zai-org/GLM-5.3', window: 1_048_576, output: 131_072, images: false },
  { id: 'zai-org/GLM-5.3-Flash', window: 1_048_576, output: 131_072 },
];

/** The router of Hugging Face. */
export const huggingface = plainVendor({
  id: 'huggingface',
  hosts: ['router.huggingface.co'],
  key: 'hf_keyOfHuggingface0123456789',
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    templateWire(['max_completion_tokens', 'max_tokens'], {
      path: '/v1/chat/completions',
      rules: [efforts('none', 'low', 'medium', 'high', 'max'), wantsReasoning(textField('reasoning_content'))],
      overflow: (tokens, maximum) => `\`inputs\` tokens + \`max_new_tokens\` must be <= ${maximum}. Given: ${tokens}`,
    }),
  ],
});
