import type { EndpointCall, Operation, ProviderWire, Quirks } from '@claudex/sdk';

// As at OpenAI: reasoning models refuse sampling and stop sequences. Any keyword that is no plain object at the root of a
// tool's schema is answered with 400 (opencodex, August 2026). Ids of calls are refused above 40 characters (OpenAI's
// reference, November 2026).
const OPENAI: Quirks = {
  maxOutputTokensField: 'max_completion_tokens',
  documents: 'file',
  promptCacheKey: true,
  schemaDialect: 'plain-root',
  toolCallIdMaxLength: 40,
  omitFields: [
    'temperature',
    'top_p',
    'stop',
    'presence_penalty',
    'frequency_penalty',
    'logprobs',
    'top_logprobs',
    'logit_bias',
  ],
};

/** How Azure deviates, by protocol. */
export const WIRES: { readonly [protocol: string]: ProviderWire } = {
  'openai-responses': { quirks: OPENAI },
  'openai-chat': { quirks: OPENAI, endpoint: chatPath },
  'anthropic-messages': {
    quirks: { signedThinking: true },
    authenticate: (credential) => (isToken(credential) ? bearerOf(credential) : { 'x-api-key': credential }),
  },
};

/** A key stands in a header of Azure's own; a token of Entra is a Bearer token. */
export function authenticate(credential: string): { [header: string]: string } {
  return isToken(credential) ? bearerOf(credential) : { 'api-key': credential };
}

/** With a dated version, Chat is reached by the name of the deployment; any other version is one of the newer API. */
function chatPath(operation: Operation, model: string, { options }: EndpointCall): string | undefined {
  const { api_version: version, deployment = model } = options;
  if (operation !== 'messages' || version === undefined) return undefined;
  const query = `api-version=${encodeURIComponent(version)}`;
  return /^\d{4}-/.test(version)
    ? `/deployments/${encodeURIComponent(deployment)}/chat/completions?${query}`
    : `/v1/chat/completions?${query}`;
}

/** Tokens of Entra are JSON Web Tokens, keys never are. */
function isToken(credential: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(credential);
}

function bearerOf(credential: string): { [header: string]: string } {
  return { authorization: `Bearer ${credential}` };
}
