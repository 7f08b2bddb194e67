import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { serve } from '../../support/serve.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { healthBench, profileAt } from './support/health-bench.ts';

const OFTEN = 'health_interval_s = 0.1\n';
const OFF = 'health_interval_s = 0\n';

describe('health probes', () => {
  it('ask for the models of profiles that were used, with what their requests carry', async () => {
    await using bench = await healthBench(
      (upstream) =>
        OFTEN +
        profileAt(upstream, 'a', 'api_key = "key-a"\n[profiles.query_params]\nregion = "eu"\n') +
        profileAt(upstream, 'b', 'api_key = "key-b"\n', 'DirectAnthropic') +
        profileAt(upstream, 'idle'),
    );
    const { probes, upstream } = bench;
    expect(probes.of('a')).to.deep.equal({ state: 'unknown', checked_at: null, latency_ms: null, reason: null });
    bench.use('a', 'b');
    const health = await bench.becomes('a', { state: 'reachable', reason: null });
    expect(health.latency_ms).to.be.greaterThanOrEqual(0);
    expect(new Date(health.checked_at ?? '').toISOString()).to.equal(health.checked_at);
    await bench.becomes('b', { state: 'reachable' });
    const asked = new Set(upstream.seen.map(({ method, url }) => `${method} ${url}`));
    expect([...asked].toSorted()).to.deep.equal(['GET /a/models?region=eu', 'GET /b/v1/models']);
    const headersOf = (path: string): IncomingHttpHeaders | undefined =>
      upstream.seen.find(({ url }) => url.startsWith(path))?.headers;
    expect(headersOf('/a')).to.include({ authorization: 'Bearer key-a' });
    expect(headersOf('/b')).to.include({ 'x-api-key': 'key-b' });
  });

  it('tell what became of the provider', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p'));
    bench.use('p');
    await bench.becomes('p', { state: 'reachable', reason: null });
    bench.answer = { status: 401 };
    await bench.becomes('p', { state: 'reachable', reason: 'credential-refused' });
    bench.answer = { status: 503 };
    await bench.becomes('p', { state: 'unreachable', reason: 'http-503' });
    bench.answer = { status: 404 };
    await bench.becomes('p', { state: 'reachable', reason: null });
    await bench.upstream.stop();
    await bench.becomes('p', { state: 'unreachable', reason: 'connection' });
    await using again = await serve((_request, response) => response.end('{}'), bench.upstream.port);
    await bench.becomes('p', { state: 'reachable', reason: null });
    expect(again.seen).not.to.have.length(0);
  });

  it('do not follow a redirect', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p'));
    bench.answer = { status: 302, headers: { location: `${bench.upstream.url}/elsewhere` } };
    bench.use('p');
    await bench.becomes('p', { state: 'reachable', reason: 'refused-redirect' });
    expect(bench.upstream.seen.map(({ url }) => url)).not.to.include('/elsewhere');
  });

  it('give up after 5 seconds, and begin no other one of the profile before', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p'));
    bench.answer = undefined;
    bench.use('p');
    await waitUntil('the first probe', () => bench.open() > 0);
    await bench.becomes('p', { state: 'unreachable', reason: 'timeout' });
    expect(bench.most()).to.equal(1);
  });

  it('are at most four at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await using bench = await healthBench(
      (upstream) => OFTEN + names.map((name) => profileAt(upstream, name)).join(''),
    );
    bench.answer = undefined;
    bench.use(...names);
    await waitUntil('four of them', () => bench.open() === 4);
    await pause(300);
    expect(bench.most()).to.equal(4);
  });

  it('end when the proxy stops', async () => {
    await using bench = await healthBench((upstream) => OFTEN + profileAt(upstream, 'p'));
    bench.answer = undefined;
    bench.use('p');
    await waitUntil('a probe', () => bench.open() === 1);
    bench.stop();
    await waitUntil('its end', () => bench.open() === 0);
    bench.use('p');
    await pause(400);
    expect(bench.upstream.seen).to.have.length(1);
    expect(bench.probes.of('p').state).to.equal('unknown');
  });

  it('do not exist with an interval of 0, and follow a changed one', async () => {
    await using bench = await healthBench((upstream) => OFF + profileAt(upstream, 'p'));
    const { upstream } = bench;
    bench.use('p');
    await pause(300);
    expect(upstream.seen).to.have.length(0);
    await bench.replace(OFTEN + profileAt(upstream, 'p'));
    await bench.becomes('p', { state: 'reachable' });
    await bench.replace(OFF + profileAt(upstream, 'p'));
    await waitUntil('the end of a round', () => bench.open() === 0);
    await pause(200);
    const before = upstream.seen.length;
    await pause(400);
    expect(upstream.seen).to.have.length(before);
  });
});
