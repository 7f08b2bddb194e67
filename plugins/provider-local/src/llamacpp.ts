import { defineProvider } from '@claudex/sdk';
import { hostOption, LOCAL_BASES, LOCAL_QUIRKS, LOCAL_SERVER } from './common.ts';
import { describeLlamaCpp } from './describe/describe-llamacpp.ts';

/**
 * llama-server of llama.cpp on this machine. Its documentation, November 2026: port 8080, tools need `--jinja`; that
 * reasoning is switched by a parameter of the chat template is unverified. The variable for the address is ours, after
 * Ollama's.
 */
export const llamacpp = defineProvider({
  ...LOCAL_SERVER,
  id: 'llamacpp',
  title: 'llama.cpp',
  endpoints: [{ bases: LOCAL_BASES, modelList: '{host}/v1/models' }],
  options: hostOption('http://127.0.0.1:8080', 'LLAMACPP_HOST'),
  keyVariables: ['LLAMA_API_KEY'],
  quirks: { ...LOCAL_QUIRKS, topK: true, reasoningRequest: 'template-switch' },
  describeModels: describeLlamaCpp,
  localServer: {
    rank: 30,
    start: 'llama-server -m MODEL.gguf --jinja -c 65536',
    addModel: 'llama-server -m MODEL.gguf --jinja -c 65536',
    widen: 'llama-server -m MODEL.gguf --jinja -c 65536',
  },
  knownGaps: [
    'Tools need a server that was started with --jinja.',
    'Responses is only partly there (unverified).',
    'With several slots each has its share of the window.',
  ],
});
