const acme = {
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  baseUrl: 'http://127.0.0.1:8080/v1',
  keyVariables: ['ACME_API_KEY'],
  models: { default: 'acme-large', haiku: 'acme-small' },
  knownModels: [{ id: 'acme-large', contextWindow: 128_000, maxOutputTokens: 8_192 }],
};

const parrot = {
  specVersion: 1,
  id: 'parrot',
  title: 'Parrot',
  protocol: 'openai-chat',
  models: { default: 'parrot' },
  start: async (io) => (await import('./parrot.js')).start(io),
};

export default () => [acme, parrot];
