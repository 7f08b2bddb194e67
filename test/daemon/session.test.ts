import { expect } from 'chai';
import { openSession, probeDaemon, readSession, type Daemon } from '../../src/daemon/index.ts';
import { refusalOf } from '../support/refusal-of.ts';
import type { TestServer } from '../support/serve.ts';
import { serveFakeDaemon, type FakeDaemonOptions } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';
const REQUEST = {
  id: '0123456789abcdef',
  profile: 'work',
  configuration: { profiles: [] },
  keys: { SOME_KEY: 'value' },
  pid: 1,
  cwd: '/somewhere',
};

describe('the session at a daemon', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.stop());

  async function daemonWith(options: Partial<FakeDaemonOptions> = {}): Promise<Daemon> {
    server = await serveFakeDaemon({ token: TOKEN, ...options });
    const probe = await probeDaemon({ ...server, token: TOKEN });
    if (probe.kind !== 'ours') throw new Error(`the daemon is ${probe.kind}`);
    return probe.daemon;
  }

  it('hands the daemon everything and gets the plain address when that changes nothing', async () => {
    const daemon = await daemonWith();
    await using session = await openSession(daemon, REQUEST);
    expect(session.baseUrl).to.equal(`http://127.0.0.1:${daemon.port}/proxy/work`);
    const sent = server?.seen.at(-1);
    expect(sent).to.include({ method: 'POST', url: '/-/sessions' });
    expect(JSON.parse(sent?.body ?? '')).to.deep.equal(REQUEST);
  });

  it('is described by its id, and not known where the daemon is older or gone', async () => {
    const daemon = await daemonWith({ session: { profile: 'work', client_session: 'abc', input_tokens: 7, model: 3 } });
    const read = await readSession(daemon, REQUEST.id, 5_000);
    expect(read).to.include({ profile: 'work', client_session: 'abc', input_tokens: 7, output_tokens: 0, model: null });
    expect(server?.seen.at(-1)).to.include({ method: 'GET', url: `/-/sessions/${REQUEST.id}` });
    await server?.stop();
    expect(await readSession(daemon, REQUEST.id, 5_000)).to.equal(undefined);
    expect(await readSession(await daemonWith(), REQUEST.id, 5_000)).to.equal(undefined);
  });

  it('puts the context into the address', async () => {
    await using session = await openSession(await daemonWith({ context: 'abc123' }), REQUEST);
    expect(session.baseUrl).to.match(/\/proxy\/work@abc123$/);
  });

  it('keeps the connection until it is disposed of', async () => {
    let open = true;
    const ended = Promise.withResolvers<void>();
    const daemon = await daemonWith({
      sessionEnded: () => {
        open = false;
        ended.resolve();
      },
    });
    const session = await openSession(daemon, REQUEST);
    await daemon.call({ method: 'GET', path: '/status' }).then((response) => response.text());
    expect(open).to.equal(true);
    await session[Symbol.asyncDispose]();
    await ended.promise;
  });

  it('is lost when the proxy dies, without an unhandled error', async () => {
    const session = await openSession(await daemonWith(), REQUEST);
    await server?.stop();
    expect(await session.ended).to.equal('lost');
    await session[Symbol.asyncDispose]();
  });

  for (const [lastLine, end] of [
    ['{"ended":"stopped"}\n', 'stopped'],
    ['{"ended":"handover"}\n', 'handover'],
    ['{"ended":"for reasons of tomorrow"}\n', 'lost'],
    ['null\n', 'lost'],
    ['{"ended":"sto', 'lost'],
    ['', 'lost'],
  ] as const) {
    it(`is ${end} when the proxy says ${JSON.stringify(lastLine)} at last`, async () => {
      await using session = await openSession(await daemonWith({ lastLine }), REQUEST);
      expect(await session.ended).to.equal(end);
    });
  }

  it('is over when it was disposed of', async () => {
    const session = await openSession(await daemonWith(), REQUEST);
    await session[Symbol.asyncDispose]();
    expect(await session.ended).to.equal('lost');
  });

  it('asks for the context it had', async () => {
    await using session = await openSession(await daemonWith(), { ...REQUEST, context: null });
    expect(session.context).to.equal(null);
    expect(JSON.parse(server?.seen.at(-1)?.body ?? '')).to.have.property('context', null);
  });

  it('takes a proxy that has begun to stop for one that is gone', async () => {
    const late = { ...REQUEST, profile: 'too-late' };
    expect(await refusalOf(openSession(await daemonWith(), late))).to.include({ code: 'proxy-gone' });
  });

  it('passes on why the proxy refused', async () => {
    const error = await refusalOf(openSession(await daemonWith(), { ...REQUEST, profile: 'refused' }));
    expect(error).to.include({ code: 'proxy-refused', exitCode: 1 });
    expect(String(error)).to.include('there is no such profile');
  });

  it('does not take another answer for a session', async () => {
    const gibberish = { ...REQUEST, profile: 'gibberish' };
    expect(await refusalOf(openSession(await daemonWith(), gibberish))).to.include({ code: 'proxy-refused' });
  });

  it('says that the proxy is gone when it ended after it proved itself', async () => {
    const daemon = await daemonWith();
    await server?.stop();
    expect(await refusalOf(openSession(daemon, REQUEST))).to.include({ code: 'proxy-gone' });
  });
});
