import type { Provider } from '@claudex/sdk';
import type { UpstreamClient } from '../../../src/http/index.ts';
import type { LocalIo } from '../../../src/local/index.ts';
import { registryOf } from '../../support/registry.ts';

/** A local server as a plugin describes it, at this address. */
export function localProvider(id: string, baseUrl: string, rank: number, more: Partial<Provider> = {}): Provider {
  return {
    specVersion: 1,
    id,
    title: id.toUpperCase(),
    protocol: 'openai-chat',
    baseUrl,
    needsCredential: false,
    local: true,
    models: { default: '' },
    localServer: { rank, start: `start ${id}`, addModel: `add to ${id}`, widen: `widen ${id}` },
    ...more,
  };
}

/** What is needed to look for these servers. */
export function localIo(client: UpstreamClient, cacheFolder: string, providers: readonly Provider[]): LocalIo {
  return { client, cacheFolder, keys: {}, descriptors: registryOf(providers), signal: new AbortController().signal };
}
