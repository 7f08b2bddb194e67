import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRunning } from '../../src/daemon/find-running.ts';
import { readDaemonRecord, type DaemonRecord } from '../../src/daemon/daemon-record.ts';
import { serveDaemon, type ServeSettings } from '../../src/daemon/serve.ts';
import { freePort } from '../support/free-port.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';

describe('serving as the daemon', () => {
  const folder = temporaryFolder();
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  async function started(server: Promise<TestServer>): Promise<TestServer> {
    servers.push(await server);
    return server;
  }

  async function settingsFor(port: number, more: Partial<ServeSettings> = {}): Promise<ServeSettings> {
    return {
      door: { host: '127.0.0.1', port, token: TOKEN },
      stateFolder: folder(),
      version: '1.2.3',
      start: () => started(serveFakeDaemon({ token: TOKEN, port })),
      warn: (problem) => expect.fail(problem),
      ready: () => undefined,
      ...more,
    };
  }

  it('is written down while it serves and not afterwards', async () => {
    const port = await freePort();
    const ready = Promise.withResolvers<DaemonRecord>();
    const serving = serveDaemon(await settingsFor(port, { ready: ready.resolve }));
    const record = await ready.promise;
    expect(record).to.include({ port, pid: process.pid, version: '1.2.3' });
    expect(await readDaemonRecord(folder(), port)).to.deep.equal(record);
    await servers[0]?.stop();
    expect(await serving).to.equal(undefined);
    expect(await readDaemonRecord(folder(), port)).to.equal(undefined);
  });

  it('serves also where it cannot be written down, and says so', async () => {
    await writeFile(join(folder(), 'daemons'), 'not a folder');
    const port = await freePort();
    const problems: string[] = [];
    const ready = Promise.withResolvers<DaemonRecord>();
    const warn = (problem: string): unknown => problems.push(problem);
    const serving = serveDaemon(await settingsFor(port, { warn, ready: ready.resolve }));
    expect(await ready.promise).to.include({ port });
    expect(problems).to.have.lengthOf(1);
    expect(problems[0]).to.include(join(folder(), 'daemons'));
    expect(await findRunning({ host: '127.0.0.1', port, token: TOKEN })).to.include({ port });
    await servers[0]?.stop();
    expect(await serving).to.equal(undefined);
  });

  it('ends as usual where its record cannot be removed, and says so', async function () {
    // Nothing that is written about a folder keeps root from removing a file in it.
    if (process.getuid?.() === 0) return this.skip();
    const port = await freePort();
    const problems: string[] = [];
    const ready = Promise.withResolvers<DaemonRecord>();
    const warn = (problem: string): unknown => problems.push(problem);
    const serving = serveDaemon(await settingsFor(port, { warn, ready: ready.resolve }));
    await ready.promise;
    await chmod(join(folder(), 'daemons'), 0o500);
    await servers[0]?.stop();
    expect(await serving).to.equal(undefined);
    await chmod(join(folder(), 'daemons'), 0o700);
    expect(problems).to.have.lengthOf(1);
    return undefined;
  });

  it('leaves the signals as it found them', async () => {
    const counts = (): number[] => ['SIGTERM', 'SIGUSR1'].map((signal) => process.listenerCount(signal));
    const before = counts();
    const ready = Promise.withResolvers<DaemonRecord>();
    const serving = serveDaemon(await settingsFor(await freePort(), { ready: ready.resolve }));
    await ready.promise;
    expect(counts()).to.deep.equal(before.map((count) => count + 1));
    await servers[0]?.stop();
    await serving;
    expect(counts()).to.deep.equal(before);
  });

  it('returns the daemon that runs already and starts nothing', async () => {
    const { port } = await started(serveFakeDaemon({ token: TOKEN }));
    const start = (): never => {
      throw new Error('started');
    };
    expect(await serveDaemon(await settingsFor(port, { start }))).to.include({ port, version: '1.2.3' });
  });

  it('returns the daemon that took the port in the meantime', async () => {
    const port = await freePort();
    const start = async (): Promise<TestServer> => {
      await started(serveFakeDaemon({ token: TOKEN, port }));
      throw new Error('taken', { cause: Object.assign(new Error('in use'), { code: 'EADDRINUSE' }) });
    };
    expect(await serveDaemon(await settingsFor(port, { start }))).to.include({ port });
  });

  it('names a stranger that has the port', async () => {
    const { port } = await started(serve((_request, response) => void response.end('hello')));
    expect(await refusalOf(serveDaemon(await settingsFor(port)))).to.include({ code: 'port-taken' });
  });

  it('passes on any other reason not to start', async () => {
    const start = (): Promise<never> => Promise.reject(new Error('out of luck'));
    const [served] = await Promise.allSettled([serveDaemon(await settingsFor(await freePort(), { start }))]);
    expect(served).to.have.nested.property('reason.message').that.includes('out of luck');
  });
});
