import type { UpstreamClient } from './upstream-client.ts';

/**
 * Makes the client that exchanges with providers go through. It is the cheapest for each call, and too large to be loaded
 * by every command that imports this room.
 */
export async function createExchangeClient(environment: NodeJS.ProcessEnv): Promise<UpstreamClient> {
  const { createUndiciClient } = await import('./undici-client.ts');
  return createUndiciClient(environment);
}
