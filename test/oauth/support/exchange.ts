import type { Connection, Provider } from '@claudex/sdk';
import { serve, type SeenRequest, type TestServer } from '../../support/serve.ts';

/** What an exchange gives unless a test says otherwise, in milliseconds. */
export const LIFE_MS = 25 * 60_000;

/** How a server answers the n-th exchange; a body that is no text is sent as JSON. */
export type ExchangeScript = (n: number, request: SeenRequest) => { readonly status: number; readonly body: unknown };

/** Gives `exchanged-secret-<n>` for any credential, as of the n-th exchange. */
const GENEROUS: ExchangeScript = (n) => ({ status: 200, body: { token: tokenOf(n) } });

/** What the n-th exchange gives. */
export function tokenOf(n: number): string {
  return `exchanged-secret-${n}`;
}

/** Starts a server on loopback that exchanges credentials. */
export function startExchange(script: ExchangeScript = GENEROUS): Promise<TestServer> {
  let exchanges = 0;
  return serve((request, response) => {
    const { status, body } = script(exchanges, request);
    exchanges += 1;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    // Whoever asks in a swarm has to wait for the same answer.
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end(text), 20);
  });
}

/** A provider whose credential is exchanged at a server. `connection` adds to what the exchange gives. */
export function exchangingProvider(
  { url }: Pick<TestServer, 'url'>,
  connection: (now: number) => Partial<Connection> = () => ({}),
): Provider {
  return {
    specVersion: 1,
    id: 'acme',
    title: 'Acme',
    protocol: 'anthropic-messages',
    models: { default: 'm' },
    options: { plan: { meaning: 'plan' } },
    async connect({ credential = '', fetch, now }) {
      const answer = await fetch(`${url}/exchange`, {
        method: 'POST',
        headers: { Authorization: `token ${credential}` },
      });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`the exchange answered ${answer.status}: ${text}`);
      const { token } = JSON.parse(text) as { token: string };
      const given = { headers: { authorization: `Bearer ${token}` }, expiresAt: now() + LIFE_MS };
      return { ...given, secrets: [token], ...connection(now()) };
    },
  };
}
