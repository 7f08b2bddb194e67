import { isJsonObject, type ConnectIo, type Connection, type JsonObject } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { hostsOf, isTrustworthy } from './hosts.ts';

const PROTOCOLS = ['anthropic-messages', 'openai-responses', 'openai-chat'];

/** Who asks. Only the integration's id has to be one that GitHub knows; editor and agent may have their own names. */
const CLIENT = {
  'user-agent': 'claudex',
  'editor-version': 'claudex/1',
  'editor-plugin-version': 'claudex/1',
};

/** A fine-grained token of a user; it is taken as it is. */
const FINE_GRAINED = 'github_pat_';

/** So long an exchanged token is used where the answer does not say, in milliseconds; half an hour was seen. */
const LIFE_MS = 25 * 60_000;

/** An answer says after which time it wants to be asked again, and means a minute before the end, in milliseconds. */
const BEFORE_END_MS = 60_000;

/**
 * Exchanges a GitHub token for one of Copilot's, which names the host of the account's plan. A fine-grained token goes to
 * Copilot unexchanged, under the id of GitHub's own command line: that works, and is no contract.
 */
export async function connect(io: ConnectIo): Promise<Connection> {
  const { credential = '', options } = io;
  const hosts = hostsOf(options['domain']);
  if (credential.startsWith(FINE_GRAINED)) return connectionTo(hosts.copilot, credential, 'copilot-developer-cli');
  const answer = await exchange(io, hosts.api, credential);
  const { token, endpoints } = answer;
  if (typeof token !== 'string' || token === '') throw new Error('the answer of the exchange has no token in it');
  const named = isJsonObject(endpoints) ? endpoints['api'] : undefined;
  const host = typeof named === 'string' ? named : (hostIn(token) ?? hosts.copilot);
  if (!isTrustworthy(host, options['domain']))
    throw new Error('the exchange named a host that no token may be sent to');
  const expiresAt = endOf(answer, io.now());
  return { ...connectionTo(host.replace(/\/+$/, ''), token, 'vscode-chat'), expiresAt };
}

async function exchange(io: ConnectIo, api: string, credential: string): Promise<JsonObject> {
  const answer = await io.fetch(`${api}/copilot_internal/v2/token`, {
    headers: {
      ...CLIENT,
      authorization: `token ${credential}`,
      accept: 'application/json',
      'x-github-api-version': '2025-04-01',
    },
  });
  const body = parseJson(await answer.text());
  if (answer.status === 200) return isJsonObject(body) ? body : {};
  throw rejection(answer.status, isJsonObject(body) ? body['message'] : undefined);
}

function rejection(status: number, message: unknown): Error {
  const said = typeof message === 'string' && message !== '' ? ` (${message.slice(0, 200)})` : '';
  if (status === 401) return failed(`GitHub does not take the token${said}`, status);
  // Whoever must not know about Copilot is told that there is no such address.
  if (status === 403 || status === 404)
    return failed(`the GitHub account has no Copilot, or the token is not one for it${said}`, 403);
  return failed(`GitHub answered the exchange of the token with status ${status}${said}`, status);
}

function failed(message: string, status: number): Error {
  return Object.assign(new Error(message), { status });
}

function connectionTo(host: string, token: string, integration: string): Connection {
  return {
    headers: { ...CLIENT, authorization: `Bearer ${token}`, 'copilot-integration-id': integration },
    bases: Object.fromEntries(PROTOCOLS.map((protocol) => [protocol, host])),
    secrets: [token],
  };
}

/** Older tokens name a proxy, which has the same name as the host but for its beginning. */
function hostIn(token: string): string | undefined {
  const [, proxy] = /(?:^|;)proxy-ep=([A-Za-z0-9.-]+)/.exec(token) ?? [];
  return proxy === undefined ? undefined : `https://${proxy.replace(/^proxy\./, 'api.')}`;
}

/** The time that is left says more than a time of day: two clocks may disagree. */
function endOf({ refresh_in: refreshIn, expires_at: expiresAt }: JsonObject, now: number): number {
  if (typeof refreshIn === 'number' && refreshIn > 0) return now + refreshIn * 1000 + BEFORE_END_MS;
  return typeof expiresAt === 'number' && expiresAt > 0 ? expiresAt * 1000 : now + LIFE_MS;
}
