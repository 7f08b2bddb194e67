import { defineProvider, type ClaudexHook } from '@claudex/sdk';
import { MODELS, SLOTS } from './models.ts';

/** How tokens of a login begin; keys begin with `sk-ant-api`. */
const TOKEN_PREFIX = 'sk-ant-oat';

/**
 * Anthropic's API. Keys go into a header of their own, tokens are shown as a Bearer. Its models take nothing but the
 * reasoning they signed. Requests are not changed beside: documents, tools that the server runs and beta features are all
 * there.
 */
export const anthropic = defineProvider({
  specVersion: 1,
  id: 'anthropic',
  title: 'Anthropic',
  protocol: 'anthropic-messages',
  baseUrl: 'https://api.anthropic.com',
  keyVariables: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'],
  authenticate: (credential) =>
    credential.startsWith(TOKEN_PREFIX) ? { authorization: `Bearer ${credential}` } : { 'x-api-key': credential },
  models: SLOTS,
  knownModels: MODELS,
  publicLists: ['anthropic'],
  quirks: { signedThinking: true, midConversationSystem: 'keep' },
  keyPage: 'https://platform.claude.com/settings/keys',
  policy:
    "The subscriptions are for Claude Code itself: its logins belong to Claude Code's own requests, not to those of other programs.",
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [anthropic];

export default answerProviders;
