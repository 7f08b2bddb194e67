import { expect } from 'chai';
import { sendWhole } from '../../support/recording-server.ts';
import { serve } from '../../support/serve.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { profile, startReloading } from '../reload/support/reloading-proxy.ts';

describe('health probes of a running proxy', function () {
  this.timeout(60_000);

  it('begin with the first request, show in its status, and let it end when nobody uses it', async () => {
    await using upstream = await serve(({ method }, response) =>
      method === 'GET' ? response.end('{}') : sendWhole(response, 400, { error: { message: 'no' } }),
    );
    const settings = 'health_interval_s = 0.1\nproxy_idle_shutdown_s = 2\n';
    const proxy = await startReloading({ config: settings + profile('p', upstream.url, 'm') });
    try {
      const health = async (): Promise<{ state: string }> => {
        const status = (await (await proxy.fetch('/status')).json()) as {
          profiles: { p: { health: { state: string } } };
        };
        return status.profiles.p.health;
      };
      expect(await health()).to.deep.equal({ state: 'unknown', checked_at: null, latency_ms: null, reason: null });
      await proxy.ask('p');
      await waitUntil('the first probe', async () => (await health()).state === 'reachable');
      await waitUntil('the end of the process', () => proxy.process.child.exitCode === 0);
      expect(upstream.seen.filter(({ method }) => method === 'GET').length).to.be.greaterThan(2);
    } finally {
      await proxy.process.close();
    }
  });
});
