import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { Protocol, Provider } from '@claudex/sdk';
import type { Registry } from '../../src/registry/index.ts';

/** What plugins contribute: the bundled protocols but Responses, and what is given. */
export function registryOf(providers: readonly Provider[] = [], protocols: readonly Protocol[] = []): Registry {
  return {
    protocols: new Map([anthropicMessages, openaiChat, ...protocols].map((protocol) => [protocol.id, protocol])),
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    searches: new Map(),
    warnings: [],
  };
}
