import type { ClientCodec, Protocol } from '@claudex/sdk';
import { failure } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';

/** The protocol that clients speak to this proxy. */
export interface ClientSide {
  readonly protocol: Protocol;
  readonly codec: ClientCodec;
}

/**
 * Finds the client's protocol among the plugins. What providers say when they fail goes through `scrub` on its way to the
 * client: some repeat the key. Throws a failure when the plugin is missing.
 */
export function clientSideOf(registry: Registry, scrub: (text: string) => string): ClientSide {
  const protocol = registry.protocols.get('anthropic-messages');
  if (!protocol?.client) {
    throw failure(
      'client-protocol-missing',
      'no plugin brings the protocol anthropic-messages, which clients speak',
      'Install Claudex again.',
    );
  }
  const { client } = protocol;
  const codec: ClientCodec = {
    ...client,
    encodeFault: (fault, requestId) => client.encodeFault({ ...fault, message: scrub(fault.message) }, requestId),
  };
  return { protocol, codec };
}
