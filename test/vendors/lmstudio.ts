import { openaiList } from './kit/lists.ts';
import { localVendor, localWires } from './kit/local.ts';
import type { VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [{ id: 'qwen/qwen3.8-27b', window: 65_536, output: 65_536 }];
const list = openaiList('/v1/models', models);
const own = {
  models: models.map(({ id, window }) => ({
    type: 'llm',
    key: id,
    display_name: id,
    max_context_length: 262_144,
    loaded_instances: [{ id, config: { context_length: window } }],
  })),
};

/** LM Studio with one model in memory, shorter than the model could be. */
export const lmstudio = localVendor({
  id: 'lmstudio',
  addressVariable: 'LMSTUDIO_HOST',
  models,
  tried: ['qwen/qwen3.8-27b'],
  list: (path) => (path === '/api/v1/models' ? own : list(path)),
  wires: localWires(
    (tokens, maximum) =>
      `The number of tokens to keep from the initial prompt is greater than the context length (${tokens} > ${maximum}).`,
  ),
});
