import type { ConnectIo } from '@claudex/sdk';
import { expect } from 'chai';
import { connect } from '../src/connect.ts';

const NOW = 1_800_000_000_000;
const TOKEN = 'tid=1;exp=2;proxy-ep=proxy.business.githubcopilot.com:mac';

/** A call of the exchange, and what it is answered with. */
interface Seen {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

function exchange(body: unknown, status = 200, more: Partial<ConnectIo> = {}): { io: ConnectIo; seen: Seen[] } {
  const seen: Seen[] = [];
  const io: ConnectIo = {
    credential: 'ghu_mine',
    options: { domain: 'github.com' },
    now: () => NOW,
    signal: new AbortController().signal,
    async fetch(url, { headers = {} } = {}) {
      seen.push({ url, headers });
      return { status, headers: {}, text: async () => (typeof body === 'string' ? body : JSON.stringify(body)) };
    },
    ...more,
  };
  return { io, seen };
}

const failureOf = async (io: ConnectIo): Promise<Error & { status?: number }> => {
  const error: unknown = await connect(io).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(Error);
  return error as Error;
};

describe('the exchange of a GitHub token', () => {
  it('gives the host of the plan for all three protocols, a token and its end', async () => {
    const { io, seen } = exchange({
      token: TOKEN,
      refresh_in: 1500,
      expires_at: 1,
      endpoints: { api: 'https://api.enterprise.githubcopilot.com/' },
    });
    const { headers, bases, expiresAt, secrets } = await connect(io);
    expect(seen.map(({ url }) => url)).to.deep.equal(['https://api.github.com/copilot_internal/v2/token']);
    expect(seen[0]?.headers).to.include({ authorization: 'token ghu_mine', 'x-github-api-version': '2025-04-01' });
    expect(headers).to.include({ authorization: `Bearer ${TOKEN}`, 'copilot-integration-id': 'vscode-chat' });
    expect(headers['user-agent'], 'no forged editor').to.match(/^claudex/);
    const host = 'https://api.enterprise.githubcopilot.com';
    expect(bases).to.deep.equal({ 'anthropic-messages': host, 'openai-responses': host, 'openai-chat': host });
    expect(expiresAt).to.equal(NOW + 1_560_000);
    expect(secrets).to.deep.equal([TOKEN]);
  });

  it('finds the host in the token, and else takes the usual one', async () => {
    const named = await connect(exchange({ token: TOKEN, expires_at: NOW / 1000 + 60 }).io);
    expect(named.bases?.['openai-chat']).to.equal('https://api.business.githubcopilot.com');
    expect(named.expiresAt).to.equal(NOW + 60_000);
    const usual = await connect(exchange({ token: 'tid=1' }).io);
    expect(usual.bases?.['openai-chat']).to.equal('https://api.githubcopilot.com');
    expect(usual.expiresAt).to.equal(NOW + 25 * 60_000);
  });

  it('asks the domain of an enterprise, and a test on this machine without TLS', async () => {
    const enterprise = exchange({ token: 'tid=1' }, 200, { options: { domain: 'acme.ghe.com' } });
    const { bases } = await connect(enterprise.io);
    expect(enterprise.seen[0]?.url).to.equal('https://api.acme.ghe.com/copilot_internal/v2/token');
    expect(bases?.['anthropic-messages']).to.equal('https://copilot-api.acme.ghe.com');
    const local = exchange({ token: 'tid=1' }, 200, { options: { domain: '127.0.0.1:1234' } });
    await connect(local.io);
    expect(local.seen[0]?.url).to.equal('http://127.0.0.1:1234/copilot_internal/v2/token');
  });

  it('takes a fine-grained token as it is', async () => {
    const { io, seen } = exchange({}, 500, { credential: 'github_pat_mine' });
    const connection = await connect(io);
    expect(seen).to.have.length(0);
    expect(connection.headers).to.include({
      authorization: 'Bearer github_pat_mine',
      'copilot-integration-id': 'copilot-developer-cli',
    });
    expect(connection).to.not.have.property('expiresAt');
  });

  it('sends a token to no host without TLS, and to none of strangers', async () => {
    const refused = [
      'http://api.githubcopilot.com',
      'nowhere',
      'file:///etc',
      'https://api.example',
      'https://api.githubcopilot.com.example',
      'https://evilgithubcopilot.com',
      'https://api.githubcopilot.com@api.example',
      'https://copilot-api.acme.ghe.com',
    ];
    for (const api of refused) {
      const { message } = await failureOf(exchange({ token: 'tid=1', endpoints: { api } }).io);
      expect(message, api).to.include('no token may');
    }
    const { message } = await failureOf(exchange({ token: 'proxy-ep=proxy.example:mac' }).io);
    expect(message).to.include('no token may');
  });

  it('sends it to the hosts of an enterprise that asked for them, and to this machine', async () => {
    const options = { domain: 'acme.ghe.com' };
    for (const api of [
      'https://copilot-api.acme.ghe.com',
      'https://api.business.githubcopilot.com',
      'http://127.0.0.1:1',
    ]) {
      const { bases } = await connect(exchange({ token: 'tid=1', endpoints: { api } }, 200, { options }).io);
      expect(bases?.['openai-chat']).to.equal(api);
    }
  });

  it('says what a refusal means', async () => {
    const wrong = await failureOf(exchange({ message: 'Bad credentials' }, 401).io);
    expect(wrong).to.include({ status: 401, message: 'GitHub does not take the token (Bad credentials)' });
    for (const status of [403, 404]) {
      const without = await failureOf(exchange('<html>', status).io);
      expect(without.status).to.equal(403);
      expect(without.message).to.match(/has no Copilot/);
    }
    expect(await failureOf(exchange('', 503).io)).to.include({ status: 503 });
    expect((await failureOf(exchange('<html>').io)).message).to.include('no token in it');
  });
});
