import { isJsonObject, type ConnectIo, type Connection } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';

/** A token is good for half an hour; GitLab's own client uses it for 25 minutes (npm gitlab-ai-provider 6.15.0, 2026-09-22). */
const LIFE_MS = 25 * 60_000;

/** Headers that belong to one connection, and credentials: the key of a vendor behind the gateway is not to be shown there. */
const LEFT_OUT = /^(?:x-api-key|authorization|cookie|host|connection|content-length|transfer-encoding|proxy-.*)$/;

/** What can be the name of a header (RFC 9110). */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * Exchanges a GitLab token for one of the AI gateway. The answer also has headers that say who asks and what the instance
 * has paid for; the gateway wants them with every request.
 */
export async function connect(io: ConnectIo): Promise<Connection> {
  const { credential = '', options } = io;
  for (const name of ['instance', 'gateway']) {
    if (!isSafe(options[name] ?? ''))
      throw new Error(`no token is sent to ${options[name]} in clear text; its address has to begin with https://`);
  }
  const answer = await io.fetch(`${options['instance']}/api/v4/ai/third_party_agents/direct_access`, {
    method: 'POST',
    headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ feature_flags: {} }),
  });
  const body = parseJson(await answer.text());
  const fields = isJsonObject(body) ? body : {};
  if (answer.status !== 200 && answer.status !== 201) throw rejection(answer.status, fields['message']);
  const { token, headers } = fields;
  if (typeof token !== 'string' || token === '') throw new Error('the answer of the exchange has no token in it');
  return {
    headers: { ...passedOn(headers), authorization: `Bearer ${token}` },
    expiresAt: io.now() + LIFE_MS,
    secrets: [token],
  };
}

/** Without TLS only this machine is asked. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function passedOn(headers: unknown): { [name: string]: string } {
  if (!isJsonObject(headers)) return {};
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(
    named.flatMap(([name, value]) => (typeof value === 'string' && mayPass(name) ? [[name, value]] : [])),
  );
}

function mayPass(name: string): boolean {
  return HEADER_NAME.test(name) && !LEFT_OUT.test(name);
}

function rejection(status: number, message: unknown): Error {
  const said = typeof message === 'string' && message !== '' ? ` (${message.slice(0, 200)})` : '';
  return Object.assign(new Error(`${reasonOf(status)}${said}`), { status: status === 404 ? 403 : status });
}

function reasonOf(status: number): string {
  if (status === 401) return 'GitLab does not take the token: it needs the scope "api" and must not be expired';
  if (status === 403)
    return 'GitLab lets this account use no agents of others: that takes Premium or Ultimate with GitLab Duo, and on some instances an administrator has to switch it on';
  if (status === 404)
    return 'this GitLab instance has no agents of others: it is too old for them, or they are switched off';
  return `GitLab answered the exchange of the token with status ${status}`;
}
