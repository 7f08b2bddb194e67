import type { ServerResponse } from 'node:http';
import { rename, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { eventsOf } from '../../support/proxy.ts';
import { serve, type TestServer } from '../../support/serve.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { profile, startReloading, type ReloadingProxy } from './support/reloading-proxy.ts';

const chunk = (text: string): string => `data: {"choices":[{"index":0,"delta":{"content":"${text}"}}]}\n\n`;
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** An upstream whose answers begin with its name and end when the test says so. */
async function serveHeld(name: string): Promise<TestServer & { readonly held: ServerResponse[] }> {
  const held: ServerResponse[] = [];
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk(`from ${name}`));
    held.push(response);
  });
  return { ...server, held };
}

describe('a configuration that changes while answers run', function () {
  this.timeout(60_000);
  let one: Awaited<ReturnType<typeof serveHeld>>;
  let other: Awaited<ReturnType<typeof serveHeld>>;
  let proxy: ReloadingProxy;

  beforeEach(async () => {
    one = await serveHeld('one');
    other = await serveHeld('other');
    proxy = await startReloading({ config: profile('p', one.url, 'm') });
  });
  afterEach(async () => {
    await proxy.process.close();
    await Promise.all([one.stop(), other.stop()]);
  });

  /** Replaces the file at once, as editors do. */
  async function save(toml: string): Promise<void> {
    const { configFile } = proxy.process.home;
    await writeFile(`${configFile}.new`, toml);
    await rename(`${configFile}.new`, configFile);
  }
  const finish = (held: readonly ServerResponse[]): void =>
    held.forEach((response) => response.end(chunk('!') + FINISH));

  it('cuts none of them, and serves the next request anew', async () => {
    const running = await Promise.all(Array.from({ length: 20 }, () => proxy.ask('p', true)));
    const bodies = running.map((response) => response.text());
    await save(profile('p', other.url, 'm2'));
    await proxy.serves('p/m2');
    const next = await proxy.ask('p', true);
    finish(one.held);
    for (const body of await Promise.all(bodies)) {
      const events = eventsOf(body);
      expect(body).to.include('from one').and.to.include('"!"');
      expect(events.at(-1)?.type).to.equal('message_stop');
    }
    finish(other.held);
    expect(await next.text()).to.include('from other');
    expect([one.seen.length, other.seen.length]).to.deep.equal([20, 1]);
    expect(JSON.parse(other.seen[0]?.body ?? '')).to.include({ model: 'm2' });
  });

  it('lets those of a removed profile finish, and knows it no more', async () => {
    const running = await proxy.ask('p', true);
    await save(profile('q', other.url, 'm'));
    await proxy.serves('q/m');
    expect((await proxy.ask('p')).status).to.equal(404);
    finish(one.held);
    expect(eventsOf(await running.text()).at(-1)?.type).to.equal('message_stop');
  });

  it('takes over limits and clocks for new requests only', async () => {
    const running = await proxy.ask('p', true);
    await save(`proxy_max_streams = 1\nproxy_max_body_mb = 1\n${profile('p', one.url, 'm2')}`);
    await proxy.serves('p/m2');
    expect((await proxy.ask('p', true)).status).to.equal(529);
    const large = { method: 'POST', body: `{"a":"${'x'.repeat(1024 * 1024)}"}` };
    expect((await proxy.fetch('/proxy/p/v1/messages/count_tokens', large)).status).to.equal(413);
    await save(`${profile('p', one.url, 'm3')}[profiles.timeouts]\nidle_s = 0.3\n`);
    await proxy.serves('p/m3');
    const impatient = await (await proxy.ask('p', true)).text();
    expect(eventsOf(impatient).at(-1)).to.include({ type: 'error' });
    finish(one.held.slice(0, 1));
    expect(eventsOf(await running.text()).at(-1)?.type).to.equal('message_stop');
  });

  it('ends the proxy when the limit for idle ones is lowered', async () => {
    await save(`proxy_idle_shutdown_s = 0.5\n${profile('p', one.url, 'm')}`);
    await waitUntil('the end of the process', () => proxy.process.child.exitCode === 0);
  });
});
