import { defineProvider } from '@claudex/sdk';
import { hostOption, LOCAL_BASES, LOCAL_QUIRKS, LOCAL_SERVER } from './common.ts';
import { describeOllama } from './describe/describe-ollama.ts';

/**
 * Ollama on this machine. Ollama's documentation, November 2026: port 11434; Responses from 0.13.3 and Messages from 0.14
 * on; `OLLAMA_HOST` moves server and client alike.
 */
export const ollama = defineProvider({
  ...LOCAL_SERVER,
  id: 'ollama',
  title: 'Ollama',
  // Its list in the form of OpenAI is `null` where there are no models; this one is empty.
  endpoints: [{ bases: LOCAL_BASES, modelList: '{host}/api/tags' }],
  options: hostOption('http://127.0.0.1:11434', 'OLLAMA_HOST'),
  quirks: { ...LOCAL_QUIRKS, imageUrls: false },
  describeModels: describeOllama,
  localServer: {
    rank: 10,
    start: 'ollama serve',
    addModel: 'ollama pull qwen3-coder',
    widen: 'OLLAMA_CONTEXT_LENGTH=65536 ollama serve',
    truncates: true,
  },
  knownGaps: [
    'A prompt longer than the window is cut without a word; Claudex refuses it as soon as it knows the window, which Ollama tells of loaded models.',
    'A picture that is given by its address is replaced by a note: only data is taken.',
    'Cached input is not reported.',
  ],
});
