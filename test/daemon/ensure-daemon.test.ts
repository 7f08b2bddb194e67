import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ensureDaemon, listDaemons, probeDaemon, stopDaemon, type DaemonDoor } from '../../src/daemon/index.ts';
import { proxyLogFile } from '../../src/daemon/log/log-file.ts';
import type { DaemonLaunch } from '../../src/daemon/spawn-daemon.ts';
import { freePort } from '../support/free-port.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { serve } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { waitUntil } from '../support/wait-until.ts';

const TOKEN = 'the-token-of-this-install';
const PROCESS = fileURLToPath(new URL('support/daemon-process.ts', import.meta.url));

describe('making sure that a daemon runs', () => {
  // Before the folder is removed: hooks run in the order they are written.
  afterEach(async () => {
    const probe = await probeDaemon(door);
    if (probe.kind === 'ours') await stopDaemon(probe.daemon, door, folder(), 1_000);
  });

  const folder = temporaryFolder();
  let door: DaemonDoor;

  beforeEach(async () => {
    door = { host: '127.0.0.1', port: await freePort(), token: TOKEN };
  });

  function launchOf(...command: [string, ...string[]]): DaemonLaunch {
    return {
      command: [process.execPath, ...command],
      environment: process.env,
      workingFolder: folder(),
      stateFolder: folder(),
    };
  }
  const daemonProcess = (): DaemonLaunch => launchOf(PROCESS, String(door.port), TOKEN, folder());
  const startedProcesses = async (): Promise<string[]> =>
    (await readFile(join(folder(), 'starts'), 'utf8')).trim().split('\n');

  it('starts a daemon that answers, writes itself down and logs to a private file', async () => {
    const { daemon, started } = await ensureDaemon(door, daemonProcess());
    expect(started).to.equal(true);
    expect(daemon.version).to.equal('1.2.3');
    expect((await stat(proxyLogFile(folder()))).mode & 0o777).to.equal(0o600);
  });

  it('starts a daemon without a log where that is a pipe, waits for no reader, and says so', async () => {
    execFileSync('mkfifo', [proxyLogFile(folder())]);
    const { started, unlogged } = await ensureDaemon(door, daemonProcess());
    expect(started).to.equal(true);
    expect(unlogged).to.include(proxyLogFile(folder()));
  });

  it('starts a daemon where there can be no state folder, and says so', async () => {
    await writeFile(join(folder(), 'file'), 'in the way');
    const stateFolder = join(folder(), 'file', 'state');
    const launch = { ...daemonProcess(), stateFolder, workingFolder: stateFolder };
    const { started, unlogged } = await ensureDaemon(door, launch);
    expect(started).to.equal(true);
    expect(unlogged).to.include(stateFolder);
    expect(await ensureDaemon(door, launch))
      .to.deep.include({ started: false })
      .and.not.to.have.property('unlogged');
  });

  it('says how to see the reason where there is no log that could tell it', async () => {
    await mkdir(proxyLogFile(folder()));
    const error = await refusalOf(ensureDaemon(door, launchOf('--eval', 'console.error("why"); process.exit(3)')));
    expect(error).to.include({ code: 'proxy-did-not-start', exitCode: 1 });
    expect(error.message).to.include('exit code 3').and.include(proxyLogFile(folder()));
    expect(error).to.have.property('remedy').that.includes('claudex proxy start');
  });

  it('uses the daemon that runs', async () => {
    await ensureDaemon(door, daemonProcess());
    const { started } = await ensureDaemon(door, daemonProcess());
    expect(started).to.equal(false);
    expect(await startedProcesses()).to.have.length(1);
  });

  it('starts one process when ten callers start at once', async () => {
    const ensured = await Promise.all(Array.from({ length: 10 }, () => ensureDaemon(door, daemonProcess())));
    expect(ensured.filter(({ started }) => started)).to.have.length(1);
    expect(await startedProcesses()).to.have.length(1);
    // The daemon answers before it has written itself down.
    await waitUntil('one record', async () => {
      const records = await readdir(join(folder(), 'daemons'));
      return records.length === 1 && records[0] === `${door.port}.json`;
    });
  });

  it('ends with one daemon when ten processes race for the port', async () => {
    // Claims of their own: each believes to be the only starter.
    const launches = Array.from({ length: 10 }, (_, n) => ({
      ...daemonProcess(),
      stateFolder: join(folder(), String(n)),
    }));
    const ensured = await Promise.all(launches.map((launch) => ensureDaemon(door, launch)));
    expect(ensured.map(({ daemon }) => daemon.port)).to.deep.equal(launches.map(() => door.port));
    // One that is slow to begin would take the port after the daemon of this test has left it.
    const spawned = ensured.filter(({ started }) => started).length;
    const alive = await waitUntil('one process to be left', async () => {
      const pids = (await startedProcesses()).map(Number);
      const left = pids.filter(isAlive);
      return pids.length >= spawned && left.length === 1 && left;
    });
    const records = await waitUntil('the daemon to be written down', async () => {
      const daemons = await listDaemons(folder(), TOKEN);
      return daemons.length > 0 && daemons;
    });
    expect(records.map(({ record }) => record.pid)).to.deep.equal(alive);
  }).timeout(60_000);

  it('does not wait for a starter that died', async () => {
    const claim = join(folder(), 'daemons', `${door.port}.starting`);
    await mkdir(join(folder(), 'daemons'));
    await writeFile(claim, '');
    await utimes(claim, new Date(0), new Date(0));
    expect(await ensureDaemon(door, daemonProcess())).to.include({ started: true });
  });

  it('does not wait for a starter whose process is gone, however young its claim', async () => {
    const starter = spawn(process.execPath, ['--eval', '']);
    await once(starter, 'exit');
    await mkdir(join(folder(), 'daemons'));
    await writeFile(join(folder(), 'daemons', `${door.port}.starting`), String(starter.pid));
    const since = performance.now();
    expect(await ensureDaemon(door, daemonProcess())).to.include({ started: true });
    // A claim counts for ten seconds.
    expect(performance.now() - since).to.be.below(8_000);
  });

  it('lets the next starter try when the first one failed', async () => {
    const failing = launchOf('--eval', 'process.exit(3)');
    const [, second] = await Promise.allSettled([ensureDaemon(door, failing), ensureDaemon(door, daemonProcess())]);
    expect(second).to.include({ status: 'fulfilled' });
    expect(await startedProcesses()).to.have.length(1);
  });

  it('tells what a daemon that died said last', async () => {
    const launch = launchOf('--eval', 'console.error("first"); console.error("the reason"); process.exit(3)');
    const error = await refusalOf(ensureDaemon(door, launch));
    expect(error).to.include({ code: 'proxy-did-not-start', exitCode: 1 });
    expect(String(error)).to.include('exit code 3').and.include('the reason');
  });

  it('tells when the program cannot be started at all', async () => {
    const launch: DaemonLaunch = { ...daemonProcess(), command: [join(folder(), 'no-such-program')] };
    const error = await refusalOf(ensureDaemon(door, launch));
    expect(error).to.include({ code: 'proxy-did-not-start' });
    expect(String(error)).to.include('ENOENT');
  });

  it('starts nothing where a stranger has the port, and shows it no token', async () => {
    await using stranger = await serve((_request, response) => void response.end('hello'), door.port);
    const error = await refusalOf(ensureDaemon(door, daemonProcess()));
    expect(error).to.include({ code: 'port-taken', exitCode: 1 });
    expect(stranger.seen).to.have.length(1);
    expect(JSON.stringify(stranger.seen)).not.to.include(TOKEN);
    expect(existsSync(proxyLogFile(folder()))).to.equal(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
