import { defineProvider } from '@claudex/sdk';
import { hostOption, LOCAL_BASES, LOCAL_QUIRKS, LOCAL_SERVER } from './common.ts';

/**
 * vLLM on this machine. vLLM's documentation, November 2026: port 8000; its list of models has `max_model_len`, the window
 * with which each runs, so that nothing more need be asked; tools need two flags. Reasoning goes back under the name under
 * which it came, of which newer versions have another. The variable for the address is ours, after Ollama's.
 */
export const vllm = defineProvider({
  ...LOCAL_SERVER,
  id: 'vllm',
  title: 'vLLM',
  endpoints: [{ bases: LOCAL_BASES, modelList: '{host}/v1/models' }],
  options: hostOption('http://127.0.0.1:8000', 'VLLM_HOST'),
  keyVariables: ['VLLM_API_KEY'],
  quirks: { ...LOCAL_QUIRKS, topK: true, reasoningRequest: 'template-switch' },
  localServer: {
    rank: 40,
    start: 'vllm serve MODEL --enable-auto-tool-choice --tool-call-parser hermes',
    addModel: 'vllm serve MODEL --enable-auto-tool-choice --tool-call-parser hermes',
    widen: 'vllm serve MODEL --max-model-len 65536',
  },
  knownGaps: [
    'Tools need a server that was started with --enable-auto-tool-choice and the --tool-call-parser of its model.',
    'A tool that must be called is decoded by a grammar, which is slow and fails on unusual schemas (unverified).',
  ],
});
