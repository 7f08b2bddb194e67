import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ensureDaemon, probeDaemon, replaceDaemon, stopDaemon, type DaemonDoor } from '../../src/daemon/index.ts';
import { handOver } from '../../src/daemon/hand-over.ts';
import type { DaemonLaunch } from '../../src/daemon/spawn-daemon.ts';
import { freePort } from '../support/free-port.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';
const PROCESS = fileURLToPath(new URL('support/daemon-process.ts', import.meta.url));

describe('a daemon in the place of another', () => {
  afterEach(async () => {
    const probe = await probeDaemon(door);
    if (probe.kind === 'ours' && probe.daemon.version === '1.2.3')
      await stopDaemon(probe.daemon, door, folder(), 1_000);
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const folder = temporaryFolder();
  const servers: TestServer[] = [];
  let door: DaemonDoor;

  beforeEach(async () => {
    door = { host: '127.0.0.1', port: await freePort(), token: TOKEN };
  });

  /** A daemon of version 1.2.3. */
  const launch = (): DaemonLaunch => ({
    command: [process.execPath, PROCESS, String(door.port), TOKEN, folder()],
    environment: process.env,
    workingFolder: folder(),
    stateFolder: folder(),
  });
  async function oldDaemon(more: { readonly stays?: boolean } = {}): Promise<TestServer> {
    const server = await serveFakeDaemon({
      token: TOKEN,
      port: door.port,
      version: '1.0.0',
      pid: process.pid,
      ...more,
    });
    servers.push(server);
    return server;
  }
  const stopCalls = (server: TestServer): string[] =>
    server.seen.filter(({ url }) => url === '/-/stop').map(({ body }) => body);

  it('is started when the other one is outdated, which is asked to hand over', async () => {
    const old = await oldDaemon();
    const ensured = await ensureDaemon(door, launch(), ({ version }) => version === '1.0.0');
    expect(ensured.started).to.equal(true);
    expect([ensured.replaced?.version, ensured.daemon.version]).to.deep.equal(['1.0.0', '1.2.3']);
    expect(stopCalls(old)).to.deep.equal(['{"handover":true}']);
  });

  it('is started once when ten callers find the same outdated one', async () => {
    const old = await oldDaemon();
    const calls = Array.from({ length: 10 }, () => ensureDaemon(door, launch(), ({ version }) => version === '1.0.0'));
    const ensured = await Promise.all(calls);
    expect(ensured.filter(({ replaced }) => replaced)).to.have.length(1);
    expect(ensured.map(({ daemon }) => daemon.version)).to.deep.equal(calls.map(() => '1.2.3'));
    expect(stopCalls(old)).to.have.length(1);
  });

  it('is not started when the other one is not outdated', async () => {
    const old = await oldDaemon();
    const { daemon, started } = await ensureDaemon(door, launch(), () => false);
    expect([daemon.version, started]).to.deep.equal(['1.0.0', false]);
    expect(stopCalls(old)).to.deep.equal([]);
  });

  it('is started in any case when that is what was asked for, once for two who ask at once', async () => {
    const old = await oldDaemon();
    const both = await Promise.all([replaceDaemon(door, launch()), replaceDaemon(door, launch())]);
    expect(both.filter(({ replaced }) => replaced)).to.have.length(1);
    expect(stopCalls(old)).to.have.length(1);
    const again = await replaceDaemon(door, launch());
    expect(again.replaced?.version).to.equal('1.2.3');
  });

  it('is started where none was', async () => {
    const { started, replaced } = await replaceDaemon(door, launch());
    expect([started, replaced]).to.deep.equal([true, undefined]);
  });

  it('is not started where a stranger has the port, who sees no token', async () => {
    await using stranger = await serve((_request, response) => void response.end('hello'), door.port);
    expect(await refusalOf(replaceDaemon(door, launch()))).to.include({ code: 'port-taken', exitCode: 1 });
    expect(JSON.stringify(stranger.seen)).not.to.include(TOKEN);
    expect(stranger.seen.map(({ method }) => method)).to.deep.equal(['GET']);
  });

  it('is not waited for when the other one has gone by itself', async () => {
    const old = await oldDaemon();
    const probe = await probeDaemon(door);
    if (probe.kind !== 'ours') throw new Error(`the daemon is ${probe.kind}`);
    await old.stop();
    await handOver(probe.daemon, door);
  });

  it('says so when the other one does not leave', async () => {
    await oldDaemon({ stays: true });
    const error = await refusalOf(ensureDaemon(door, launch(), () => true));
    expect(error).to.include({ code: 'proxy-did-not-stop', exitCode: 1 });
  }).timeout(60_000);
});
