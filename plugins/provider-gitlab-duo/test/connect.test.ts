import type { ConnectIo } from '@claudex/sdk';
import { expect } from 'chai';
import { connect } from '../src/connect.ts';

const NOW = 1_800_000_000_000;

/** A call of the exchange. */
interface Seen {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: { readonly [name: string]: string } | undefined;
  readonly body: string | undefined;
}

function exchange(body: unknown, status = 201): { io: ConnectIo; seen: Seen[] } {
  const seen: Seen[] = [];
  const io: ConnectIo = {
    credential: 'glpat-mine',
    options: { instance: 'https://gitlab.example', gateway: 'https://cloud.gitlab.com' },
    now: () => NOW,
    signal: new AbortController().signal,
    async fetch(url, { method, headers, body: sent } = {}) {
      seen.push({ url, method, headers, body: sent });
      return { status, headers: {}, text: async () => (typeof body === 'string' ? body : JSON.stringify(body)) };
    },
  };
  return { io, seen };
}

const failureOf = async (io: ConnectIo): Promise<Error & { status?: number }> => {
  const error: unknown = await connect(io).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(Error);
  return error as Error;
};

describe('the exchange of a GitLab token', () => {
  it('sends no token in clear text to another machine', async () => {
    for (const name of ['instance', 'gateway']) {
      const { io, seen } = exchange({ token: 'gateway-token' });
      const error = await failureOf({ ...io, options: { ...io.options, [name]: 'http://gitlab.example' } });
      expect(error.message).to.contain('http://gitlab.example').and.contain('https://');
      expect(seen).to.deep.equal([]);
    }
    const { io } = exchange({ token: 'gateway-token' });
    const here = { instance: 'http://127.0.0.1:8080', gateway: 'http://localhost:8080' };
    expect(await connect({ ...io, options: here })).to.have.property('expiresAt');
  });

  it('gives a token for 25 minutes and the headers that belong to it, but no credential and nothing of a connection', async () => {
    const given = {
      'X-Gitlab-Instance-Id': 'i',
      'x-api-key': 'no',
      Authorization: 'no',
      Host: 'no',
      'x-number': 7,
      Cookie: 'no',
      'Proxy-Authorization': 'no',
      'Transfer-Encoding': 'chunked',
      'no name': 'no',
      'x-line\n': 'no',
      '': 'no',
    };
    const { io, seen } = exchange({ token: 'gateway-token', headers: given });
    const connection = await connect(io);
    expect(seen).to.have.length(1);
    expect(seen[0]).to.include({
      url: 'https://gitlab.example/api/v4/ai/third_party_agents/direct_access',
      method: 'POST',
      body: '{"feature_flags":{}}',
    });
    expect(seen[0]?.headers).to.include({ authorization: 'Bearer glpat-mine' });
    expect(connection).to.deep.equal({
      headers: { 'x-gitlab-instance-id': 'i', authorization: 'Bearer gateway-token' },
      expiresAt: NOW + 25 * 60_000,
      secrets: ['gateway-token'],
    });
  });

  it('says what a refusal means', async () => {
    expect(await failureOf(exchange({ message: '401 Unauthorized' }, 401).io)).to.include({ status: 401 });
    const off = await failureOf(exchange({ message: '403 Forbidden' }, 403).io);
    expect(off.status).to.equal(403);
    expect(off.message)
      .to.match(/Premium or Ultimate/)
      .and.match(/403 Forbidden/);
    const old = await failureOf(exchange('<html>', 404).io);
    expect(old.status).to.equal(403);
    expect(old.message).to.match(/too old/);
    expect(await failureOf(exchange('', 502).io)).to.include({ status: 502 });
    expect((await failureOf(exchange('<html>', 200).io)).message).to.include('no token in it');
  });
});
