import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration } from '../../src/config/index.ts';
import { createExchangeClient, UpstreamError, type UpstreamClient } from '../../src/http/index.ts';
import { ConnectError, Connections } from '../../src/oauth/index.ts';
import { bindProfile, type BoundProfile } from '../../src/router/index.ts';
import { registryOf } from '../support/registry.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { exchangingProvider, LIFE_MS, startExchange, tokenOf, type ExchangeScript } from './support/exchange.ts';

const SIGNAL = new AbortController().signal;
const BASES = { bases: { 'anthropic-messages': 'https://given.example/' } };

describe('the connections of providers', () => {
  let client: UpstreamClient;
  let clock: number;
  let told: string[];
  let server: TestServer;

  before(async () => {
    client = await createExchangeClient({});
  });

  after(() => client.close());

  beforeEach(() => {
    clock = 1_800_000_000_000;
    told = [];
  });

  afterEach(() => server.stop());

  const open = (): Connections =>
    new Connections({ client, tellSecret: (secret) => told.push(secret), now: () => clock });
  const begin = async (script?: ExchangeScript): Promise<BoundProfile> => {
    server = await startExchange(script);
    return boundTo(exchangingProvider(server, () => BASES));
  };
  const exchanges = (): number => server.seen.length;

  it('have nothing to say about a provider that exchanges nothing', async () => {
    await begin();
    const { specVersion, id, title, protocol, models } = exchangingProvider(server);
    const plain = boundTo({ specVersion, id, title, protocol, models, baseUrl: 'https://acme.example' });
    expect(await open().reachOf(plain, SIGNAL)).to.equal(undefined);
  });

  it('exchange the credential once, and once again when that is about to expire', async () => {
    const bound = await begin();
    const connections = open();
    expect(connections.has(bound)).to.equal(false);
    expect(await connections.reachOf(bound, SIGNAL)).to.deep.equal({
      headers: { authorization: `Bearer ${tokenOf(0)}` },
      baseUrl: 'https://given.example',
    });
    expect(connections.has(bound)).to.equal(true);
    clock += LIFE_MS - 61_000;
    await connections.reachOf(bound, SIGNAL);
    expect(exchanges()).to.equal(1);
    clock += 2_000;
    expect(connections.has(bound)).to.equal(false);
    expect((await connections.reachOf(bound, SIGNAL))?.headers).to.deep.equal({
      authorization: `Bearer ${tokenOf(1)}`,
    });
    expect(exchanges()).to.equal(2);
    expect(server.seen[0]?.headers.authorization).to.equal('token credential-of-mine');
  });

  it('make one exchange for fifty who ask at once', async () => {
    const bound = await begin();
    const connections = open();
    const reaches = await Promise.all(Array.from({ length: 50 }, () => connections.reachOf(bound, SIGNAL)));
    expect(new Set(reaches.map((reach) => reach?.headers?.['authorization']))).to.have.keys(`Bearer ${tokenOf(0)}`);
    expect(exchanges()).to.equal(1);
  });

  it('keep those of another key and of other options apart', async () => {
    const bound = await begin();
    const connections = open();
    const provider = exchangingProvider(server, () => BASES);
    for (const each of [
      bound,
      boundTo(provider, { api_key: 'another-one' }),
      boundTo(provider, { options: { plan: 'b' } }),
    ])
      await connections.reachOf(each, SIGNAL);
    expect(exchanges()).to.equal(3);
    await connections.reachOf(bound, SIGNAL);
    expect(exchanges()).to.equal(3);
  });

  it('forget what the provider refused, and only that', async () => {
    const bound = await begin();
    const connections = open();
    const first = await connections.reachOf(bound, SIGNAL);
    connections.forget(bound, { authorization: 'Bearer of-something-else' });
    await connections.reachOf(bound, SIGNAL);
    expect(exchanges()).to.equal(1);
    connections.forget(bound, { ...first?.headers, accept: '*/*' });
    const second = await connections.reachOf(bound, SIGNAL);
    // Another request of the same swarm was refused later.
    connections.forget(bound, { ...first?.headers });
    expect(await connections.reachOf(bound, SIGNAL)).to.deep.equal(second);
    expect(exchanges()).to.equal(2);
  });

  it('use a connection for a while although by our clock it was over when it came', async () => {
    server = await startExchange();
    const bound = boundTo(exchangingProvider(server, (now) => ({ ...BASES, expiresAt: now - 3_600_000 })));
    const connections = open();
    for (let n = 0; n < 3; n += 1) await connections.reachOf(bound, SIGNAL);
    expect(exchanges()).to.equal(1);
  });

  it('tell that a credential was refused, without the credential, and ask again soon', async () => {
    const bound = await begin((n, { headers }) =>
      n === 0 ? { status: 403, body: `no way, ${headers.authorization}` } : { status: 200, body: { token: 'a-token' } },
    );
    const connections = open();
    const swarm = await Promise.allSettled(Array.from({ length: 20 }, () => connections.reachOf(bound, SIGNAL)));
    for (const one of swarm) {
      const { reason } = one as PromiseRejectedResult;
      expect(reason).to.be.instanceOf(ConnectError).and.to.include({ kind: 'refused' });
      expect(String(reason)).to.include('Acme: the exchange answered 403').and.not.include('credential-of-mine');
    }
    expect((await failureOf(connections, bound)).remedy).to.include('Check the key of the profile');
    expect(exchanges()).to.equal(1);
    clock += 2_001;
    expect((await connections.reachOf(bound, SIGNAL))?.headers).to.deep.equal({ authorization: 'Bearer a-token' });
  });

  it('tell by status, by the way and by the plugin’s own words what is to blame', async () => {
    const bound = await begin((n) => ({ status: [500, 429, 404][n] ?? 200, body: 'x' }));
    const kinds: string[] = [];
    for (let n = 0; n < 3; n += 1) kinds.push((await failureOf(open(), bound)).kind);
    expect(kinds).to.deep.equal(['unavailable', 'unavailable', 'unusable']);
    const gone = await serve(() => undefined);
    await gone.stop();
    expect((await failureOf(open(), boundTo(exchangingProvider(gone)))).kind).to.equal('unavailable');
    const failing = (error: Error): BoundProfile =>
      boundTo({
        ...exchangingProvider(server),
        async connect() {
          throw error;
        },
      });
    expect((await failureOf(open(), failing(new Error('no login was found on this machine')))).kind).to.equal(
      'refused',
    );
    expect((await failureOf(open(), failing(Object.assign(new Error('x'), { status: 502 })))).kind).to.equal(
      'unavailable',
    );
    expect((await failureOf(open(), failing(Object.assign(new Error('x'), { code: 'ENOTFOUND' })))).kind).to.equal(
      'unavailable',
    );
  });

  it('serve on with what they have when an early renewal fails', async () => {
    const bound = await begin((n) =>
      n === 0 ? { status: 200, body: { token: 'a-token' } } : { status: 503, body: '' },
    );
    const connections = open();
    await connections.reachOf(bound, SIGNAL);
    clock += LIFE_MS - 30_000;
    expect((await connections.reachOf(bound, SIGNAL))?.headers).to.deep.equal({ authorization: 'Bearer a-token' });
    expect(exchanges()).to.equal(2);
    clock += 30_000;
    expect((await failureOf(connections, bound)).kind).to.equal('unavailable');
  });

  it('tell every secret they are given, also one that the plugin does not name', async () => {
    server = await startExchange();
    const more = { headers: { authorization: 'Bearer unnamed-secret', 'x-plan': 'pro' }, secrets: ['named-secret'] };
    await open().reachOf(boundTo(exchangingProvider(server, () => ({ ...BASES, ...more }))), SIGNAL);
    expect(told).to.include.members(['named-secret', 'unnamed-secret']).and.not.include('pro');
  });

  it('take no value that no header can carry, and ask again', async () => {
    const bound = await begin();
    const broken = boundTo({
      ...bound.provider,
      connect: async () => ({ headers: { authorization: 'Bearer a\r\nx: y' }, ...BASES }),
    });
    const connections = open();
    const error: unknown = await connections.reachOf(broken, SIGNAL).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ConnectError).and.to.have.property('message').that.contains('authorization');
    expect(connections.has(broken)).to.equal(false);
  });

  it('say so when no address is known in the end', async () => {
    server = await startExchange();
    expect((await failureOf(open(), boundTo(exchangingProvider(server)))).message).to.equal(
      'Acme named no address for Anthropic Messages.',
    );
  });

  it('let a profile’s own address win over the given one', async () => {
    await begin();
    const bound = boundTo(
      exchangingProvider(server, () => BASES),
      { base_url: 'http://127.0.0.1:9/own' },
    );
    expect(await open().reachOf(bound, SIGNAL)).to.not.have.property('baseUrl');
  });

  it('let a caller go who does not want to wait, and finish the exchange for the others', async () => {
    const bound = await begin();
    const connections = open();
    const caller = new AbortController();
    const others = connections.reachOf(bound, SIGNAL);
    const left = connections.reachOf(bound, caller.signal);
    caller.abort();
    const error: unknown = await left.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UpstreamError).and.to.include({ kind: 'aborted' });
    expect((await others)?.headers).to.have.property('authorization');
    expect(exchanges()).to.equal(1);
  });

  it('read no more of an answer than an honest one has, and follow no redirect', async () => {
    const endless = await serve((_request, response) => {
      const more = (): boolean => response.write('x'.repeat(64 * 1024));
      response.writeHead(200).on('drain', more);
      more();
    });
    const astray = await serve((_request, response) => {
      response.writeHead(302, { location: endless.url }).end();
    });
    try {
      server = await startExchange();
      expect((await failureOf(open(), boundTo(exchangingProvider(endless)))).kind).to.equal('unusable');
      expect((await failureOf(open(), boundTo(exchangingProvider(astray)))).kind).to.equal('unusable');
      expect(endless.seen).to.have.length(1);
    } finally {
      await endless.stop();
      await astray.stop();
    }
  });
});

async function failureOf(connections: Connections, bound: BoundProfile): Promise<ConnectError> {
  const error: unknown = await connections.reachOf(bound, SIGNAL).catch((thrown: unknown) => thrown);
  expect(error).to.be.instanceOf(ConnectError);
  return error as ConnectError;
}

function boundTo(provider: Provider, more: object = {}): BoundProfile {
  const profile = completeProfile({ name: 'mine', provider: provider.id, api_key: 'credential-of-mine', ...more });
  return bindProfile('mine', { ...defaultConfiguration(), profiles: [profile] }, registryOf([provider]), {});
}
