import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { question } from '../support/proxy.ts';
import { runProcess } from '../support/run-process.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('claudex proxy logs', function () {
  this.timeout(60_000);
  let port: number;
  let home: IsolatedHome;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  });
  afterEach(() => home.close());

  const state = (): string => join(home.home, '.local/share/claudex/state');
  const file = (): string => join(state(), 'proxy.log');
  const logs = (...args: string[]) => runCli(home, ['proxy', 'logs', ...args]);
  const entry = (event: string, more: object = {}): string =>
    `${JSON.stringify({ level: 'info', time: '2026-11-24T12:00:00.000Z', port: 1, event, ...more })}\n`;

  it('refuses a configuration file that is named and is not there: exit code 2', async () => {
    const { code, stdout, stderr } = await logs('--config', '/nope');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain('--config names /nope, which does not exist');
  });

  async function logged(text: string): Promise<void> {
    await mkdir(state(), { recursive: true, mode: 0o700 });
    await writeFile(file(), text, { mode: 0o600 });
  }

  it('says that there is no log yet, with exit code 0', async () => {
    const { code, stdout, stderr } = await logs();
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
    expect(stderr).to.include('Nothing has been logged yet').and.include('proxy.log');
  });

  it('prints readable lines, and the lines as they are with --json', async () => {
    const lines =
      entry('listening') + entry('exchange', { request_id: 'req_1', model: 'm', status: 200, milliseconds: 1_500 });
    await logged(`${lines}Error: a crash\n`);
    const readable = (await logs()).stdout.trimEnd().split('\n');
    expect(readable).to.have.length(3);
    expect(readable[1]).to.match(/INFO {2}exchange req_1 m 200 1\.5 s$/);
    expect(readable[2]).to.equal('Error: a crash');
    const { stdout } = await logs('--json');
    expect(stdout.startsWith(lines)).to.equal(true);
    expect(JSON.parse(stdout.slice(lines.length))).to.include({ event: 'output', message: 'Error: a crash' });
  });

  it('prints 200 lines, or as many as asked for, from the end', async () => {
    await logged(Array.from({ length: 300 }, (_, n) => entry(`number-${n}`)).join(''));
    const all = (await logs()).stdout.trimEnd().split('\n');
    expect(all).to.have.length(200);
    expect(all.at(-1)).to.include('number-299');
    expect((await logs('-n', '2')).stdout).to.match(/^[^\n]*number-298\n[^\n]*number-299\n$/);
  });

  it('prints what is about a port, a level and a request', async () => {
    await logged(
      entry('one') +
        entry('two', { port: 2, request_id: 'req_ab' }) +
        entry('three', { level: 'warn' }) +
        entry('four', { level: 'debug', request_id: 'req_abc' }),
    );
    const events = async (...args: string[]): Promise<string[]> =>
      (await logs('--json', ...args)).stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(await events('-p', '2')).to.deep.equal(['two']);
    expect(await events('--level', 'warn')).to.deep.equal(['three']);
    expect(await events('--request', 'req_ab')).to.deep.equal(['two', 'four']);
    expect(await events('--request', 'req_ab', '-n', '1')).to.deep.equal(['four']);
  });

  it('refuses what is no level and no number with exit code 2', async () => {
    for (const args of [
      ['--level', 'loud'],
      ['-n', 'all'],
      ['-n', '-1'],
    ])
      expect(await logs(...args)).to.include({ code: 2 });
  });

  it('ends quietly when nobody reads on', async function () {
    if (process.platform === 'win32') this.skip();
    await logged(entry('x', { message: 'y'.repeat(1_000) }).repeat(5_000));
    const command = `"$0" "$1" proxy logs -n 5000 | head -n 1`;
    const { stdout, stderr } = await runProcess('/bin/sh', ['-c', command, process.execPath, CLAUDEX], {
      cwd: home.work,
      environment: home.environment,
    });
    expect(stdout).to.match(/^[^\n]+\n$/);
    expect(stderr).to.equal('');
  });

  it('is ended by Ctrl-C at once while nobody reads what it prints', async function () {
    if (process.platform === 'win32') this.skip();
    await logged(entry('x', { message: 'y'.repeat(1_000) }).repeat(5_000));
    const child = spawn(process.execPath, [CLAUDEX, 'proxy', 'logs', '-n', '5000'], {
      cwd: home.work,
      env: { ...home.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(child.stdout, 'readable');
      child.kill('SIGINT');
      expect(await once(child, 'exit')).to.deep.equal([null, 'SIGINT']);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('follows the log across rotation until Ctrl-C', async () => {
    await logged(entry('first'));
    const child = spawn(process.execPath, [CLAUDEX, 'proxy', 'logs', '-f'], {
      cwd: home.work,
      env: { ...home.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let shown = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
      const shows = (event: string) => waitUntil(event, () => shown.includes(event));
      await shows('first');
      await appendFile(file(), entry('second'));
      await rename(file(), `${file()}.1`);
      await writeFile(file(), entry('third'));
      await shows('third');
      child.kill('SIGINT');
      expect(await once(child, 'exit')).to.deep.equal([0, null]);
      expect(shown.match(/first|second|third/g)).to.deep.equal(['first', 'second', 'third']);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('shows what a proxy in the background did, from a file that only its owner may read', async () => {
    expect(await runCli(home, ['proxy', 'start', '-d'])).to.include({ code: 0 });
    const token = (await readFile(join(state(), 'proxy-token'), 'utf8')).trim();
    const response = await fetch(`http://127.0.0.1:${port}/proxy/demo/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(question()),
    });
    await response.text();
    const id = response.headers.get('request-id') ?? '';
    const shown = await waitUntil('the line', async () => {
      const { stdout } = await logs('--request', id);
      return stdout !== '' && stdout;
    });
    expect(shown).to.include(`exchange ${id} demo`);
    const all = (await logs('--json')).stdout;
    // Once by the proxy itself, and not again by what it prints.
    expect(all.match(/"event":"listening"/g)).to.have.length(1);
    expect(all.match(new RegExp(`"request_id":"${id}"`, 'g'))).to.have.length(1);
    expect(all).to.include(`"port":${port}`).and.not.to.include(token);
    expect((await stat(file())).mode & 0o777).to.equal(0o600);
  });
});
