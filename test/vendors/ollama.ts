import { openaiList } from './kit/lists.ts';
import { localVendor, localWires } from './kit/local.ts';
import type { VendorModel } from './kit/vendor.ts';

const models: readonly VendorModel[] = [{ id: 'qwen3.8:27b', window: 131_072, output: 131_072 }];
const list = openaiList('/v1/models', models);
const tags = {
  models: models.map(({ id }) => ({ name: id, model: id, size: 17_000_000_000, details: { family: 'qwen3' } })),
};

/** Ollama with one model in memory. */
export const ollama = localVendor({
  id: 'ollama',
  addressVariable: 'OLLAMA_HOST',
  models,
  tried: ['qwen3.8:27b'],
  list: (path) => (path === '/api/tags' ? tags : list(path)),
  other: ({ method, url, body }) => {
    const { pathname } = url;
    if (method === 'POST' && pathname === '/api/show')
      return { status: 200, body: showOf(body['model'] ?? body['name']) };
    if (pathname === '/api/version') return { status: 200, body: { version: '0.20.1' } };
    return pathname === '/api/ps' ? { status: 200, body: { models: models.map(loaded) } } : undefined;
  },
  wires: localWires((tokens, maximum) => `prompt too long; exceeded max context length by ${tokens - maximum} tokens`),
});

function showOf(model: unknown) {
  return {
    details: { family: 'qwen3', parent_model: String(model) },
    parameters: 'num_ctx 131072',
    model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 262_144 },
    capabilities: ['completion', 'tools', 'thinking', 'vision'],
  };
}

function loaded({ id, window }: VendorModel) {
  return { name: id, model: id, context_length: window, size_vram: 17_000_000_000 };
}
