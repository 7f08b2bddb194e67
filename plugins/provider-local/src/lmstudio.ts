import { defineProvider } from '@claudex/sdk';
import { hostOption, LOCAL_BASES, LOCAL_QUIRKS, LOCAL_SERVER } from './common.ts';
import { describeLmStudio } from './describe/describe-lmstudio.ts';

/**
 * LM Studio on this machine. LM Studio's documentation, November 2026: port 1234; Messages from 0.4.1 on; a token only
 * where its server asks for one. The variable for the address is ours, after Ollama's.
 */
export const lmstudio = defineProvider({
  ...LOCAL_SERVER,
  id: 'lmstudio',
  title: 'LM Studio',
  endpoints: [{ bases: LOCAL_BASES, modelList: '{host}/v1/models' }],
  options: hostOption('http://127.0.0.1:1234', 'LMSTUDIO_HOST'),
  keyVariables: ['LMSTUDIO_API_KEY'],
  quirks: { ...LOCAL_QUIRKS, topK: true },
  describeModels: describeLmStudio,
  localServer: {
    rank: 20,
    start: 'lms server start',
    addModel: 'lms get qwen3-coder',
    widen: 'lms load MODEL --context-length 65536',
  },
  knownGaps: ['A model that is not loaded yet gets the window that LM Studio is set to, which is not known before.'],
});
