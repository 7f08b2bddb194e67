import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runProcess, type ProcessResult } from '../support/run-process.ts';
import { waitUntil } from '../support/wait-until.ts';
import { isHealthy } from './support/proxy-process.ts';

/** The limit for files sends a signal besides failing the write, which a full disk does not: this hears it. */
const NO_SIGNAL = { NODE_OPTIONS: `--import=data:text/javascript,process.on('SIGXFSZ',()=>undefined)` };

/** An error of the system as Node words it, e.g. `ENOSPC: no space left on device, write`. */
const BARE_ERROR = /\bE[A-Z]{3,}: |^\s+at /m;

/** Every command that has to do with the proxy. */
const COMMANDS = {
  start: ['proxy', 'start', '-d'],
  status: ['proxy', 'status', '--json'],
  logs: ['proxy', 'logs'],
  restart: ['proxy', 'restart'],
  run: ['run', 'demo'],
  stop: ['proxy', 'stop'],
} as const;

/** What a terminal shows, without the way it is broken into lines. */
function said({ stderr }: ProcessResult): string {
  return stderr.replaceAll(/[\s›]+/g, ' ');
}

describe('R26: no room for the state', function () {
  this.timeout(120_000);
  let home: IsolatedHome;
  let port: number;
  const state = (): string => join(home.home, '.local/share/claudex/state');
  const cli = (command: readonly string[]): Promise<ProcessResult> => runCli(home, command);

  /** Runs the program where no file can grow, which is what a full disk does to it. */
  function withoutRoom(command: readonly string[]): Promise<ProcessResult> {
    const limited = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, CLAUDEX, ...command];
    return runProcess('sh', limited, { cwd: home.work, environment: { ...home.environment, ...NO_SIGNAL } });
  }

  beforeEach(async () => {
    home = await isolatedHome();
    port = await freePort();
    const claude = join(home.root, 'claude');
    await writeFile(claude, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    await home.writeConfig(
      [
        `proxy_port = ${port}\nhealth_interval_s = 0\nclaude_binary = ${JSON.stringify(claude)}`,
        '[[profiles]]\nname = "demo"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9/v1"',
        'api_key = "key"\ndefault_model = "model"\n',
      ].join('\n'),
    );
  });
  afterEach(() => home.close());

  it('keeps no command from its work where there is a token', async () => {
    await cli(COMMANDS.start);
    await cli(COMMANDS.stop);
    for (const name of ['start', 'status', 'logs', 'restart', 'run', 'stop', 'run', 'stop'] as const) {
      const result = await withoutRoom(COMMANDS[name]);
      expect(result.code, `${name}: ${result.stderr}`).to.equal(0);
      expect(result.stderr, name).not.to.match(BARE_ERROR);
      expect(await isHealthy(port), name).to.equal(name !== 'stop');
    }
    expect(await readdir(join(state(), 'daemons'))).to.deep.equal([]);
  });

  it('does not keep a proxy that was killed from coming back', async () => {
    await cli(COMMANDS.start);
    const { pid } = JSON.parse((await cli(COMMANDS.status)).stdout) as { readonly pid: number };
    process.kill(pid, 'SIGKILL');
    await waitUntil('the proxy to be gone', async () => !(await isHealthy(port)));
    expect((await withoutRoom(COMMANDS.run)).code).to.equal(0);
    expect(await isHealthy(port)).to.equal(true);
  });

  it('is named by every command that needs a new token, and leaves no draft', async () => {
    for (const name of ['start', 'status', 'restart', 'run', 'stop'] as const) {
      const result = await withoutRoom(COMMANDS[name]);
      expect(result.code, name).to.equal(1);
      const report = name === 'status' ? result.stdout : said(result);
      expect(report, name).to.include('cannot be used').and.include('Make room in').and.include('CLAUDEX_DATA_DIR');
      expect(`${result.stdout}${result.stderr}`, name).to.include(state()).and.not.to.match(BARE_ERROR);
    }
    expect(await readdir(state())).to.deep.equal([]);
    expect((await withoutRoom(COMMANDS.logs)).code).to.equal(0);
  });

  it('for a log, a record and a claim is told, and the proxy runs', async () => {
    await cli(COMMANDS.start);
    await cli(COMMANDS.stop);
    await rm(join(state(), 'daemons'), { recursive: true });
    await writeFile(join(state(), 'daemons'), 'not a folder');
    await rm(join(state(), 'proxy.log'));
    await mkdir(join(state(), 'proxy.log'));
    for (const name of ['start', 'status', 'restart', 'stop', 'run', 'status', 'stop'] as const) {
      const result = await cli(COMMANDS[name]);
      expect(result.code, `${name}: ${result.stderr}`).to.equal(0);
      expect(result.stderr, name).not.to.match(BARE_ERROR);
      expect(await isHealthy(port), name).to.equal(name !== 'stop');
      if (name === 'start' || name === 'restart')
        expect(said(result)).to.include(`without a log: the log ${join(state(), 'proxy.log')} cannot be used`);
    }
    const logs = await cli(COMMANDS.logs);
    expect(logs.code).to.equal(1);
    expect(said(logs)).to.include('cannot be').and.include('Remove');
  });
});

describe('R27: spoiled files that begin a start', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let port: number;
  const state = (): string => join(home.home, '.local/share/claudex/state');
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
    await mkdir(join(state(), 'daemons'), { recursive: true, mode: 0o700 });
  });
  afterEach(() => home.close());

  it('do not delay it when they are a claim that nobody made', async () => {
    const claim = join(state(), 'daemons', `${port}.starting`);
    await writeFile(claim, 'nonsense');
    // A claim of somebody who starts the proxy counts for ten seconds.
    const { code } = await runCli(home, COMMANDS.start, { limitMs: 30_000 });
    expect(code).to.equal(0);
    expect(existsSync(claim)).to.equal(false);
  });

  it('are one clear error of each command when they are a token of a megabyte, and nothing is started', async () => {
    await writeFile(join(state(), 'proxy-token'), 'x'.repeat(1_000_000));
    for (const command of [COMMANDS.start, COMMANDS.restart, COMMANDS.stop, ['proxy', 'status'], ['proxy', 'start']]) {
      const result = await runCli(home, command);
      expect(result.code, command.join(' ')).to.equal(1);
      expect(said(result)).to.include('proxy-token').and.include('Delete');
      expect(result.stderr).to.have.length.below(1_000);
    }
    expect(readdirSync(state(), { recursive: true })).to.have.members(['daemons', 'proxy-token']);
  });
});
