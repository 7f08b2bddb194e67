import { defineProvider } from '@claudex/sdk';
import { LOCAL_WIRES } from './common.ts';
import { describeOllama } from './describe/describe-ollama.ts';

/**
 * Ollama's hosted models. Ollama's documentation, November 2026: same routes as on one's own machine, a key as Bearer only;
 * x-api-key alone is refused. Which models there are is taken from its list.
 */
export const ollamaCloud = defineProvider({
  specVersion: 1,
  id: 'ollama-cloud',
  title: 'Ollama Cloud',
  protocol: 'openai-chat',
  endpoints: [
    {
      bases: {
        'openai-chat': 'https://ollama.com/v1',
        'anthropic-messages': 'https://ollama.com',
        'openai-responses': 'https://ollama.com/v1',
      },
      modelList: 'https://ollama.com/api/tags',
    },
  ],
  keyVariables: ['OLLAMA_API_KEY'],
  keyPage: 'https://ollama.com/settings/keys',
  models: { default: '' },
  publicLists: ['ollama-cloud'],
  authenticate: (key) => ({ authorization: `Bearer ${key}` }),
  quirks: { thinkTags: true, imageUrls: false },
  wires: LOCAL_WIRES,
  describeModels: describeOllama,
  knownGaps: [
    'A picture that is given by its address is replaced by a note: only data is taken.',
    'Cached input is not reported.',
  ],
});
