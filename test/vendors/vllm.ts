import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { localVendor, localWires } from './kit/local.ts';
import * as chat from './kit/rules/chat.ts';
import { textField, wantsReasoning } from './kit/rules/chat-reasoning.ts';
import type { VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [{ id: 'Qwen/Qwen3.8-27B', window: 131_072, output: 131_072 }];

/** vLLM, which serves one model. */
export const vllm = localVendor({
  id: 'vllm',
  addressVariable: 'VLLM_HOST',
  models,
  tried: ['Qwen/Qwen3.8-27B'],
  errors: openaiError,
  list: openaiList('/v1/models', models, ({ window }) => ({ max_model_len: window })),
  wires: localWires(
    (tokens, maximum) =>
      `This model's maximum context length is ${maximum} tokens. However, your request has ${tokens} input tokens.`,
    [chat.textContent('assistant'), wantsReasoning(textField('reasoning'))],
  ),
});
