import { defineProvider, type ClaudexHook, type Operation } from '@claudex/sdk';
import { connect } from './connect.ts';
import { MODELS, SLOTS } from './models.ts';

/** One list for all protocols. */
const endpoint = (operation: Operation): string | undefined => (operation === 'models' ? '/models' : undefined);

/**
 * GitHub Copilot with the plan of a GitHub account. Each model is reached by the protocol that the vendor has it in: Claude
 * by Anthropic's own, GPT and Grok by Responses, the others by Chat. Headers and addresses are those that VS Code's
 * open-source client sends (microsoft/vscode-copilot-chat, March 2026); pi-ai 1.5.2 of 2026-11-10 agrees.
 */
export const githubCopilot = defineProvider({
  specVersion: 1,
  id: 'github-copilot',
  title: 'GitHub Copilot',
  protocol: 'anthropic-messages',
  options: {
    domain: {
      meaning: 'domain of the account: github.com, or that of an enterprise with data residency, e.g. acme.ghe.com',
      default: 'github.com',
    },
  },
  // The exchange names the host of the account's plan, which takes the place of this one.
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://api.githubcopilot.com',
        'openai-responses': 'https://api.githubcopilot.com',
        'openai-chat': 'https://api.githubcopilot.com',
      },
    },
  ],
  // In the order of GitHub's own command line.
  keyVariables: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'],
  keyPage: 'https://github.com/settings/personal-access-tokens/new',
  models: SLOTS,
  knownModels: MODELS,
  publicLists: ['github-copilot'],
  headers: { 'openai-intent': 'conversation-edits', 'x-github-api-version': '2025-05-01' },
  // Whether a person or the agent asks counts for limits; pictures are refused without the second header.
  requestHeaders: ({ followsTools, hasImages }) => ({
    'x-initiator': followsTools ? 'agent' : 'user',
    ...(hasImages && { 'copilot-vision-request': 'true' }),
  }),
  connect,
  wires: {
    'anthropic-messages': {
      endpoint,
      quirks: {
        // The vendor's own client sends no others.
        betas: ['interleaved-thinking-2025-05-14', 'context-management-2025-06-27', 'advanced-tool-use-2025-11-20'],
        signedThinking: true,
        // Unverified: the vendor's own client offers none.
        serverTools: false,
      },
    },
    // Neither `store` nor fields of the cache are known to be taken: unverified.
    'openai-responses': {
      endpoint,
      quirks: {
        documents: 'none',
        promptCacheKey: false,
        storeSwitch: false,
        omitFields: ['temperature', 'top_p'],
      },
    },
    'openai-chat': {
      endpoint,
      quirks: { maxOutputTokensField: 'max_completion_tokens', reasoningRequest: 'none', documents: 'none' },
    },
  },
  policy:
    'GitHub supports Copilot in its own clients and by its SDK; direct calls such as these rest on an interface that is not documented, name the integration "vscode-chat", and are at your own risk.',
  knownGaps: [
    'The login comes with "claudex auth login"; until then the key is a GitHub token of an account with Copilot.',
    'A fine-grained token needs the account permission "Copilot Requests" and is used without an exchange, which GitHub does not document.',
    'A model that the account has not enabled is refused until it is enabled in the settings of GitHub.',
  ],
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [githubCopilot];

export default answerProviders;
