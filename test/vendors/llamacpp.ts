import { openaiError } from './kit/error-shapes.ts';
import { openaiList } from './kit/lists.ts';
import { localVendor, localWires } from './kit/local.ts';
import type { VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [{ id: 'qwen3.8-27b.gguf', window: 65_536, output: 65_536 }];

/** The server of llama.cpp with one model. */
export const llamacpp = localVendor({
  id: 'llamacpp',
  addressVariable: 'LLAMACPP_HOST',
  models,
  tried: ['qwen3.8-27b.gguf'],
  errors: openaiError,
  list: openaiList('/v1/models', models, () => ({ meta: { n_ctx_train: 262_144 } })),
  other: ({ url }) => {
    if (url.pathname === '/health') return { status: 200, body: { status: 'ok' } };
    const settings = { n_ctx: 65_536, params: {} };
    return url.pathname === '/props'
      ? { status: 200, body: { default_generation_settings: settings, total_slots: 1, modalities: { vision: true } } }
      : undefined;
  },
  wires: localWires(() => 'the request exceeds the available context size, try increasing it'),
});
