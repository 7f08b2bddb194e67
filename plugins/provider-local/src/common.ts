import type { Provider, ProviderOption, Quirks } from '@claudex/sdk';

/**
 * What all servers on one's own machine have in common. Chat Completions is preferred to their younger Messages because it
 * recovers what they let through as text: calls of tools and think tags, which a chat template did not know (general
 * knowledge, unverified). Schemas become grammars there, which know few of their keywords (unverified).
 */
export const LOCAL_QUIRKS: Quirks = {
  schemaDialect: 'grammar',
  thinkTags: true,
  toolCallMarkup: true,
};

/**
 * Their imitations of Anthropic's endpoint put a conversation through a chat template, which takes system text at the front
 * only, and know neither beta features nor tools that a server runs (unverified for each of them).
 */
export const LOCAL_WIRES: NonNullable<Provider['wires']> = {
  'anthropic-messages': {
    quirks: {
      betas: [],
      serverTools: false,
      documents: 'none',
      midConversationSystem: 'user',
      omitFields: ['context_management'],
    },
  },
};

/** The three protocols behind one address. */
export const LOCAL_BASES: { readonly [protocol: string]: string } = {
  'openai-chat': '{host}/v1',
  'anthropic-messages': '{host}',
  'openai-responses': '{host}/v1',
};

/** Fields that are the same for each of these servers. A key is needed only where the server was started with one. */
export const LOCAL_SERVER = {
  specVersion: 1,
  protocol: 'openai-chat',
  needsCredential: false,
  local: true,
  // Which models there are is up to the user.
  models: { default: '' },
  wires: LOCAL_WIRES,
  authenticate: (key: string) => ({ authorization: `Bearer ${key}` }),
} satisfies Partial<Provider>;

/** Where the server listens, which a variable may say, too. */
export function hostOption(usual: string, variable: string): { readonly host: ProviderOption } {
  return {
    host: { meaning: 'address of the server', kind: 'address', default: usual, variables: [variable] },
  };
}
