import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessOptions } from '../support/run-process.ts';
import { serve } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('claudex proxy', function () {
  this.timeout(60_000);
  let port: number;
  let home: IsolatedHome;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  });
  afterEach(async () => {
    for (const child of children.splice(0))
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await home.close();
  });

  const proxy = (args: readonly string[], options: Partial<ProcessOptions> = {}) =>
    runCli(home, ['proxy', ...args], options);
  async function json(
    args: readonly string[],
    options: Partial<ProcessOptions> = {},
  ): Promise<Record<string, unknown>> {
    return JSON.parse((await proxy([...args, '--json'], options)).stdout) as Record<string, unknown>;
  }
  const health = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health`)).status;

  /** Serves in the foreground until it is ended. */
  async function foreground(...args: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [CLAUDEX, 'proxy', 'start', ...args], {
      cwd: home.work,
      env: { ...home.environment },
      stdio: 'ignore',
    });
    children.push(child);
    const record = join(home.home, '.local/share/claudex/state/daemons', `${port}.json`);
    await waitUntil('the proxy to be written down', () => existsSync(record));
    return child;
  }

  it('says in its status that it goes on with the last good configuration', async () => {
    await home.writeConfig('log_level = "warn"\n');
    await json(['start', '-d']);
    await home.writeConfig('log_level = 5\n');
    try {
      let problem: unknown;
      await waitUntil('the problem to show', async () => {
        const { stdout } = await proxy(['status', '--json', '-p', String(port)]);
        problem = (JSON.parse(stdout) as { configuration_problem: unknown }).configuration_problem;
        return problem !== null;
      });
      expect(problem).to.include('log_level');
      const { stdout } = await proxy(['status', '-p', String(port)]);
      expect(stdout).to.include('goes on with its last good configuration');
    } finally {
      await home.writeConfig('');
      await proxy(['stop']);
    }
  });

  it('starts in the background, answers, and stops', async () => {
    const started = await json(['start', '-d']);
    expect(started).to.include({ host: '127.0.0.1', port, url: `http://127.0.0.1:${port}`, already_running: false });
    expect(await health()).to.equal(200);
    expect(await json(['status'])).to.include({
      running: true,
      port,
      pid: started['pid'],
      version: started['version'],
    });
    expect(await json(['stop'])).to.deep.equal({ stopped: true, port });
    expect(await json(['status'])).to.deep.equal({
      running: false,
      port,
      pid: null,
      version: null,
      uptime_s: null,
      profiles: {},
      configuration_problem: null,
      port_problem: null,
      daemons: [],
    });
    if (process.platform === 'linux') expect(home.processes()).to.deep.equal([]);
  });

  it('keeps stdout for results', async () => {
    const { stdout, stderr } = await proxy(['start', '-d']);
    expect(stdout).to.equal('');
    expect(stderr).to.include(`http://127.0.0.1:${port}`);
  });

  it('says that nothing runs, with exit code 0', async () => {
    const [stopped, status] = await Promise.all([proxy(['stop']), proxy(['status'])]);
    for (const { code, stdout } of [stopped, status]) {
      expect(code).to.equal(0);
      expect(stdout).to.include(`No proxy runs on port ${port}`);
    }
  });

  it('says that it runs already, with exit code 0, in the foreground and in the background', async () => {
    const { pid } = await json(['start', '-d']);
    const [plain, facts] = await Promise.all([
      Promise.all([proxy(['start']), proxy(['start', '-d'])]),
      Promise.all([json(['start']), json(['start', '-d'])]),
    ]);
    for (const again of plain) {
      expect(again).to.include({ code: 0, stdout: '' });
      expect(again.stderr).to.include('already runs');
    }
    for (const again of facts) expect(again).to.include({ already_running: true, pid });
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`serves in the foreground until ${signal}, and takes its record back`, async () => {
      const child = await foreground();
      child.kill(signal);
      expect(await once(child, 'exit')).to.deep.equal([0, null]);
      expect(await json(['status'])).to.deep.include({ running: false, daemons: [] });
    });
  }

  it('serves in the foreground until it is told to stop', async () => {
    const child = await foreground();
    const ended = once(child, 'exit');
    expect(await json(['stop'])).to.include({ stopped: true });
    expect(await ended).to.deep.equal([0, null]);
  });

  it('starts again on the port of one that was killed', async () => {
    const child = await foreground();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await json(['status'])).to.deep.include({ running: false, daemons: [] });
    expect(await json(['start', '-d'])).to.include({ already_running: false });
  });

  it('finds a proxy on another port, and stops it by its port only', async () => {
    const other = await freePort();
    expect(await json(['start', '-d', '-p', String(other)])).to.include({ port: other });
    const [status, shown, stopped] = await Promise.all([json(['status']), proxy(['status']), json(['stop'])]);
    expect(status).to.include({ running: false, port });
    expect(status['daemons']).to.have.nested.property('[0].port', other);
    expect(shown.stdout).to.include(`port ${other}`);
    expect(stopped).to.include({ stopped: false });
    expect(await json(['stop', '-p', String(other)])).to.deep.equal({ stopped: true, port: other });
  });

  it('leaves another program on the port alone and shows it no token', async () => {
    await using stranger = await serve((_request, response) => void response.end('hello'), port);
    const [stopped, status, ...refused] = await Promise.all([
      json(['stop']),
      json(['status']),
      proxy(['start']),
      proxy(['start', '-d']),
    ]);
    expect(stopped).to.include({ stopped: false });
    expect(status).to.include({ running: false });
    for (const { code, stderr } of refused) {
      expect(code).to.equal(1);
      expect(stderr).to.include(String(port)).and.include('proxy_port');
    }
    expect(stranger.seen).to.have.length.above(3);
    expect(stranger.seen.filter(({ url }) => !url.startsWith('/health?challenge='))).to.deep.equal([]);
    expect(stranger.seen.filter(({ headers }) => headers.authorization ?? headers['x-api-key'])).to.deep.equal([]);
  });

  it('refuses a port out of range with exit code 2', async () => {
    const results = await Promise.all(['0', '65536', 'x'].map((port) => proxy(['start', '-p', port])));
    for (const result of results) expect(result).to.include({ code: 2 });
  });

  it('refuses to serve beyond this machine unless that is allowed', async () => {
    const { code, stderr } = await proxy(['start'], { environment: { CLAUDEX_PROXY_HOST: '0.0.0.0' } });
    expect(code).to.equal(2);
    expect(stderr).to.include('proxy_allow_remote');
  });

  it('starts nothing with a broken configuration: exit code 2', async () => {
    await home.writeConfig('proxy_port = "never closed\n');
    const calls = [['start'], ['start', '-d'], ['restart']];
    for (const result of await Promise.all(calls.map((args) => proxy(args)))) expect(result).to.include({ code: 2 });
    await writeFile(home.configFile, '');
    expect(await json(['status'])).to.include({ running: false });
  });

  it('starts in the background with the folder and the file of this call', async () => {
    const folder = join(home.root, 'project');
    await mkdir(folder);
    await writeFile(join(folder, 'my.toml'), "[[profiles]]\nname = 'only-here'\nprovider = 'demo'\n");
    expect(await proxy(['start', '-d', '--config', 'my.toml'], { cwd: folder })).to.include({ code: 0 });
    expect(await json(['status'])).to.have.nested.property('profiles.only-here');
  });

  it('prints a failure as JSON with its code and its remedy', async () => {
    await using _stranger = await serve((_request, response) => void response.end('hello'), port);
    const { error } = await json(['start', '-d']);
    expect(error).to.include({ code: 'port-taken' }).and.to.have.property('remedy');
  });
});
