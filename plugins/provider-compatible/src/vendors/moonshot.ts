import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { KIMI_CHAT, KIMI_LOCKED } from '../kimi.ts';
import { MOONSHOT_MODELS } from '../models/moonshot.ts';

/**
 * Moonshot's Kimi, paid by the token, by Anthropic's protocol: the vendor documents it for Claude Code and names no limits
 * of it (Moonshot's documentation, November 2026).
 */
export const moonshot = defineProvider({
  specVersion: 1,
  id: 'moonshot',
  title: 'Moonshot (Kimi)',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'region of the account',
      choices: { global: 'moonshot.ai', china: 'moonshot.cn' },
      default: 'global',
    },
  },
  endpoints: [
    {
      when: { region: 'china' },
      bases: {
        'anthropic-messages': 'https://api.moonshot.cn/anthropic',
        'openai-chat': 'https://api.moonshot.cn/v1',
        'openai-responses': 'https://api.moonshot.cn/v1',
      },
      modelList: 'https://api.moonshot.cn/v1/models',
      keyPage: 'https://platform.moonshot.cn/console/api-keys',
    },
    {
      bases: {
        'anthropic-messages': 'https://api.moonshot.ai/anthropic',
        'openai-chat': 'https://api.moonshot.ai/v1',
        'openai-responses': 'https://api.moonshot.ai/v1',
      },
      modelList: 'https://api.moonshot.ai/v1/models',
    },
  ],
  keyVariables: ['MOONSHOT_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'kimi-k3.1-pro',
    haiku: 'kimi-k2.7-code',
    sonnet: 'kimi-k3.1-pro',
    opus: 'kimi-k3.1-pro',
  },
  knownModels: MOONSHOT_MODELS,
  publicLists: ['moonshotai', 'moonshotai-cn'],
  quirks: { missingReasoning: 'empty', imageUrls: false, omitFields: KIMI_LOCKED },
  wires: {
    'anthropic-messages': { quirks: { ...IMITATION, omitFields: [...KIMI_LOCKED, 'context_management'] } },
    'openai-chat': { quirks: KIMI_CHAT },
    // A function that does not say `strict: false` may be taken for a strict one; unverified.
    'openai-responses': { quirks: { schemaDialect: 'kimi', textAfterToolResults: 'append' } },
  },
  keyPage: 'https://platform.moonshot.ai/console/api-keys',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'kimi-k2.7-code cannot be made to call a tool.',
    'Keys of one region do not work in the other.',
  ],
});
