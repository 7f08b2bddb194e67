import type { ClientCodec, Protocol } from '@claudex/sdk';
import { failure } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';

/** The protocol that clients speak to this proxy. */
export interface ClientSide {
  readonly protocol: Protocol;
  readonly codec: ClientCodec;
}

/** Finds the client's protocol among the plugins. Throws a failure when its plugin is missing. */
export function clientSideOf(registry: Registry): ClientSide {
  const protocol = registry.protocols.get('anthropic-messages');
  if (!protocol?.client) {
    throw failure(
      'client-protocol-missing',
      'no plugin brings the protocol anthropic-messages, which clients speak',
      'Install Claudex again.',
    );
  }
  return { protocol, codec: protocol.client };
}
