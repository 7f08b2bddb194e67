import { defineProvider, type Provider } from '@claudex/sdk';

/** A provider `acme` with one model whose price is known, and one of which nothing is. */
export function makeProvider(): Provider {
  return defineProvider({
    specVersion: 1,
    id: 'acme',
    title: 'Acme',
    protocol: 'openai-chat',
    baseUrl: 'http://127.0.0.1:9',
    models: { default: 'acme-large' },
    knownModels: [
      { id: 'acme-large', price: { input: 2, output: 10, cacheRead: 0.5, cacheWrite: 4 } },
      { id: 'free-of-facts' },
    ],
  });
}
