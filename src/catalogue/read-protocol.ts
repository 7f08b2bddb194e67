import type { Json } from '@claudex/sdk';

/** Paths that lists name, and the protocols that are spoken there; the first that a model has is its best. */
const PROTOCOLS: readonly (readonly [path: RegExp, protocol: string])[] = [
  [/(?:^|\/)messages$/, 'anthropic-messages'],
  [/(?:^|\/)responses$/, 'openai-responses'],
  [/(?:^|\/)chat\/completions$/, 'openai-chat'],
];

/** The protocol by which a model is best reached, where a list says at which paths it can be (GitHub Copilot). */
export function readProtocol(endpoints: Json | undefined): string | undefined {
  if (!Array.isArray(endpoints)) return undefined;
  // One behind `ws:` is for another kind of connection.
  const paths = endpoints.filter((path) => typeof path === 'string' && path.startsWith('/')) as string[];
  return PROTOCOLS.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1];
}
