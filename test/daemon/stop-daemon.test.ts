import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { announceDaemon } from '../../src/daemon/daemon-record.ts';
import { probeDaemon, stopDaemon, type Daemon, type DaemonRecord } from '../../src/daemon/index.ts';
import { refusalOf } from '../support/refusal-of.ts';
import type { TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';

describe('stopping a daemon', () => {
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill();
  });

  /** A process that has nothing to do with us. */
  function bystander(): ChildProcess {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    children.push(child);
    return child;
  }

  function recordOf({ host, port }: TestServer, { pid = 0 }: { readonly pid?: number | undefined }): DaemonRecord {
    return { host, port, pid, version: '1.2.3', started_at: '2026-01-01T00:00:00.000Z' };
  }

  async function prove(server: TestServer): Promise<Daemon> {
    const probe = await probeDaemon({ ...server, token: TOKEN });
    if (probe.kind !== 'ours') throw new Error(`the daemon is ${probe.kind}`);
    return probe.daemon;
  }

  it('returns when the port is free', async () => {
    const server = await serveFakeDaemon({ token: TOKEN });
    const door = { ...server, token: TOKEN };
    await stopDaemon(await prove(server), door, folder(), 1_000);
    expect(await probeDaemon(door)).to.deep.equal({ kind: 'nobody' });
  });

  it('waits until the record and then the process are gone', async () => {
    const daemonProcess = bystander();
    const server = await serveFakeDaemon({ token: TOKEN, pid: daemonProcess.pid ?? 0 });
    const withdraw = await announceDaemon(folder(), recordOf(server, daemonProcess));
    const seen: string[] = [];
    const stopping = stopDaemon(await prove(server), { ...server, token: TOKEN }, folder(), 10_000).then(() =>
      seen.push('returned'),
    );
    await server.stopped;
    await probeDaemon({ ...server, token: TOKEN });
    seen.push('port free');
    await withdraw();
    seen.push('record gone');
    daemonProcess.kill();
    await once(daemonProcess, 'exit');
    await stopping;
    expect(seen).to.deep.equal(['port free', 'record gone', 'returned']);
  });

  it('is content when the daemon died without taking its record back', async () => {
    const daemonProcess = bystander();
    const server = await serveFakeDaemon({ token: TOKEN, pid: daemonProcess.pid ?? 0 });
    await announceDaemon(folder(), recordOf(server, daemonProcess));
    daemonProcess.kill();
    await once(daemonProcess, 'exit');
    await stopDaemon(await prove(server), { ...server, token: TOKEN }, folder(), 1_000);
  });

  it('does not wait for the daemon that came after', async () => {
    const gone = bystander();
    gone.kill();
    await once(gone, 'exit');
    await using server = await serveFakeDaemon({ token: TOKEN, pid: gone.pid ?? 0, stays: true });
    await announceDaemon(folder(), recordOf(server, { pid: process.pid }));
    await stopDaemon(await prove(server), { ...server, token: TOKEN }, folder(), 1_000);
  });

  it('gives up after its time when the daemon stays', async () => {
    await using server = await serveFakeDaemon({ token: TOKEN, stays: true });
    const stopping = stopDaemon(await prove(server), { ...server, token: TOKEN }, folder(), -4_500);
    expect(await refusalOf(stopping)).to.include({ code: 'proxy-did-not-stop', exitCode: 1 });
  });

  it('never signals the process that a record names', async () => {
    const stranger = bystander();
    const server = await serveFakeDaemon({ token: TOKEN });
    await announceDaemon(folder(), recordOf(server, stranger));
    await stopDaemon(await prove(server), { ...server, token: TOKEN }, folder(), 1_000);
    expect(stranger.exitCode ?? stranger.signalCode).to.equal(null);
  });
});
