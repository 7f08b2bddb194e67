import { setTimeout as pause } from 'node:timers/promises';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import type { Scope } from '../../../src/proxy/profile-directory.ts';
import { configurationFrom } from '../../support/configuration.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { healthBench, profileAt, type HealthBench } from './support/health-bench.ts';

const OFTEN = 'health_interval_s = 0.1\n';
const PROVIDER: Provider = {
  specVersion: 1,
  id: 'own',
  title: 'Own',
  protocol: 'openai-chat',
  models: { default: 'm' },
};

describe('what health probes ask', () => {
  /** A session's request is served by a profile of its own configuration. */
  async function serveSession({ directory, probes }: HealthBench, toml: string, keys = {}): Promise<void> {
    const scope: Scope = { configuration: await configurationFrom(toml), keys };
    directory.addContext('abc', scope);
    probes.used(directory.find('p', scope));
  }

  it('is not a profile that is disabled or removed, and what was at another address is forgotten', async () => {
    const names = ['moved', 'disabled', 'removed'];
    await using bench = await healthBench(
      (upstream) => OFTEN + names.map((name) => profileAt(upstream, name)).join(''),
    );
    bench.use(...names);
    for (const name of names) await bench.becomes(name, { state: 'reachable' });
    bench.answer = undefined;
    const moved = profileAt(bench.upstream, 'moved').replace('/moved"', '/elsewhere"');
    await bench.replace(OFTEN + moved + profileAt(bench.upstream, 'disabled', 'enabled = false\n'));
    for (const name of names) expect(bench.probes.of(name).state).to.equal('unknown');
    await waitUntil('the end of what ran', () => bench.upstream.seen.at(-1)?.url === '/elsewhere/models');
    await pause(300);
    expect(bench.upstream.seen.at(-1)?.url).to.equal('/elsewhere/models');
  });

  it('is asked with the key that a session brought, as long as the session lasts', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p', 'api_key_env = "KEY"\n'));
    const { upstream, directory } = bench;
    await serveSession(bench, profileAt(upstream, 'p', 'api_key_env = "KEY"\n'), { KEY: 'brought' });
    await bench.becomes('p', { state: 'reachable' });
    expect(upstream.seen[0]?.headers.authorization).to.equal('Bearer brought');
    directory.removeContext('abc');
    await waitUntil('the end of a round', () => bench.open() === 0);
    await pause(200);
    const before = upstream.seen.length;
    await pause(400);
    expect(upstream.seen).to.have.length(before);
  });

  it('is not what a session means when its profile of that name has another address', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p'));
    await serveSession(bench, profileAt(bench.upstream, 'p').replace('/p"', '/foreign"'));
    await pause(500);
    expect(bench.upstream.seen).to.have.length(0);
  });

  it("is a provider's own upstream once it runs, at its base address where there are no models", async () => {
    await using bench = await healthBench(
      () => `${OFTEN}[[profiles]]\nname = "p"\nprovider = "own"\n`,
      ({ url }) => ({
        protocols: [{ ...openaiChat, id: 'modelless', providerTypes: [], endpoint: () => undefined }],
        providers: [
          {
            ...PROVIDER,
            protocol: 'modelless',
            start: async () => ({ baseUrl: `${url}/own`, credential: 'made-up', stop: async () => undefined }),
          },
        ],
      }),
    );
    const { directory, reach, upstream } = bench;
    bench.use('p');
    await pause(400);
    expect(upstream.seen).to.have.length(0);
    await reach.of(directory.find('p', directory.base), new AbortController().signal);
    await bench.becomes('p', { state: 'reachable' });
    expect(upstream.seen[0]).to.deep.include({ method: 'GET', url: '/own' });
    expect(upstream.seen[0]?.headers.authorization).to.equal('Bearer made-up');
  });

  it('is no provider whose credential would have to be exchanged for it', async () => {
    let exchanges = 0;
    await using bench = await healthBench(
      () => `${OFTEN}[[profiles]]\nname = "p"\nprovider = "own"\n`,
      ({ url }) => ({
        providers: [
          {
            ...PROVIDER,
            async connect() {
              exchanges += 1;
              return { headers: { authorization: 'Bearer given' }, bases: { [PROVIDER.protocol]: url } };
            },
          },
        ],
      }),
    );
    const { directory, reach, upstream } = bench;
    bench.use('p');
    await pause(400);
    expect([exchanges, upstream.seen.length]).to.deep.equal([0, 0]);
    await reach.of(directory.find('p', directory.base), new AbortController().signal);
    await bench.becomes('p', { state: 'reachable' });
    expect(upstream.seen[0]?.headers.authorization).to.equal('Bearer given');
    expect(exchanges).to.equal(1);
  });

  it('is never a built-in profile', async () => {
    await using bench = await healthBench(
      () => OFTEN,
      ({ url }) => ({ providers: [{ ...PROVIDER, id: 'demo', baseUrl: url }] }),
    );
    bench.use('demo');
    await pause(500);
    expect(bench.upstream.seen).to.have.length(0);
  });
});
