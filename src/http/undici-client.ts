import { Connections } from './connections.ts';
import { createNodeFetchClient } from './node-fetch-client.ts';
import { usesProxy } from './proxy-variables.ts';
import { UndiciCall } from './undici-call.ts';
import type { UpstreamClient } from './upstream-client.ts';

/** Makes the client of exchanges; see {@link createExchangeClient}. */
export function createUndiciClient(environment: NodeJS.ProcessEnv): UpstreamClient {
  const connections = new Connections();
  let proxiedClient: UpstreamClient | undefined;
  return {
    send(request, limits, signal) {
      const address = new URL(request.url);
      // The way through a proxy has many forms, and costs more than any client.
      if (usesProxy(address, environment)) {
        proxiedClient ??= createNodeFetchClient(environment);
        return proxiedClient.send(request, limits, signal);
      }
      return new UndiciCall(connections, address, request, limits, signal).start();
    },
    close() {
      connections.close();
      proxiedClient?.close();
    },
  };
}
