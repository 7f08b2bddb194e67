import { once } from 'node:events';
import { expect } from 'chai';
import { eventsOf, question } from '../support/proxy.ts';
import { waitUntil } from '../support/wait-until.ts';
import { serveEndless, type EndlessUpstream } from './support/endless-upstream.ts';
import { proxyUser, type ProxyUser } from './support/proxy-user.ts';

const STREAMS = 20;

describe('a proxy that is signalled', function () {
  this.timeout(120_000);
  let user: ProxyUser;
  let upstream: EndlessUpstream;

  beforeEach(async () => {
    user = await proxyUser();
    upstream = await serveEndless();
  });
  afterEach(async () => {
    upstream.finish();
    await user.close();
    await upstream.stop();
  });

  const configure = (drain: number): Promise<void> =>
    user.home.writeConfig(`${upstream.profile}[timeouts]\ndrain_s = ${drain}\n`);
  /** Begins streams; resolves when all have said something. */
  async function beginStreams(): Promise<Response[]> {
    const token = await user.token();
    const ask = (): Promise<Response> =>
      fetch(`http://127.0.0.1:${user.port}/proxy/p/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': token },
        body: JSON.stringify(question({ stream: true })),
      });
    return Promise.all(Array.from({ length: STREAMS }, ask));
  }
  const textsOf = (responses: readonly Response[]): Promise<string[]> =>
    Promise.all(responses.map((response) => response.text().catch((error: unknown) => `cut: ${String(error)}`)));
  const refuses = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${user.port}/health`).then(
      () => false,
      () => true,
    );

  it('finishes twenty streams on SIGTERM and takes no new ones', async () => {
    await configure(30);
    const child = await user.foreground();
    const streams = await beginStreams();
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await waitUntil('the port to be closed', refuses);
    expect(child.exitCode).to.equal(null);
    upstream.finish();
    for (const text of await textsOf(streams)) {
      const events = eventsOf(text);
      expect(events.filter(({ type }) => type === 'content_block_delta')).to.have.length(2);
      expect(events.at(-1)?.type).to.equal('message_stop');
    }
    expect(await exit).to.deep.equal([0, null]);
  });

  it('ends each of twenty streams with one error when they take longer than drain_s', async () => {
    await configure(0.5);
    const child = await user.foreground();
    const streams = await beginStreams();
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    for (const text of await textsOf(streams)) {
      const events = eventsOf(text);
      expect(events.filter(({ type }) => type === 'error')).to.have.length(1);
      expect(events.at(-1)).to.have.nested.property('error.type', 'overloaded_error');
      expect(events.map(({ type }) => type)).not.to.include('message_stop');
    }
    expect(await exit).to.deep.equal([0, null]);
  });

  it('ends at once on a second signal', async () => {
    await configure(600);
    const child = await user.foreground();
    const streams = await beginStreams();
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await waitUntil('the port to be closed', refuses);
    child.kill('SIGTERM');
    expect(await exit).to.deep.equal([null, 'SIGTERM']);
    for (const text of await textsOf(streams)) expect(text).not.to.include('message_stop');
  });

  it('leaves nothing behind that keeps the next one from its port, ten times killed in the middle of streams', async () => {
    await configure(30);
    for (let time = 1; time <= 10; time += 1) {
      const started = await user.json(['start', '-d']);
      expect(started, `start ${time}`).to.include({ port: user.port, already_running: false });
      const streams = await beginStreams();
      process.kill(started['pid'] as number, 'SIGKILL');
      await textsOf(streams);
    }
    expect(await user.status()).to.deep.include({ running: false, daemons: [] });
  });
});
