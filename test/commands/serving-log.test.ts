import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { question } from '../support/proxy.ts';
import { startInTerminal } from '../support/terminal.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('the log of claudex proxy start', function () {
  this.timeout(60_000);
  let port: number;
  let home: IsolatedHome;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port), CLAUDEX_LOG_LEVEL: 'debug' });
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await home.close();
  });

  const state = (): string => join(home.home, '.local/share/claudex/state');

  /** Serves in the foreground; `shell` runs before it. Returns what it prints to stderr. */
  async function serve(shell: string): Promise<() => string> {
    const started = spawn('/bin/sh', ['-c', `${shell} exec "$0" "$@"`, process.execPath, CLAUDEX, 'proxy', 'start'], {
      cwd: home.work,
      env: { ...home.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    let shown = '';
    started.stderr.setEncoding('utf8').on('data', (text: string) => (shown += text));
    await waitUntil('the proxy to be written down', () => existsSync(join(state(), 'daemons', `${port}.json`)));
    return () => shown;
  }

  async function request(path: string, body?: object): Promise<Response> {
    const token = (await readFile(join(state(), 'proxy-token'), 'utf8')).trim();
    return fetch(`http://127.0.0.1:${port}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  it('is in the file and on stderr as JSON, and complete when it has stopped', async function () {
    if (process.platform === 'win32') this.skip();
    const shown = await serve('');
    await (await request('/proxy/demo/v1/messages', question({ model: 'demo' }))).text();
    const ended = once(child as ChildProcess, 'exit');
    child?.kill('SIGTERM');
    expect(await ended).to.deep.equal([0, null]);
    const lines = (await readFile(join(state(), 'proxy.log'), 'utf8')).trimEnd().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).to.include.members(['listening', 'attempt', 'exchange']);
    expect(shown().split('\n')).to.include.members(lines);
  });

  it('is readable in a terminal', async function () {
    if (process.platform === 'win32') this.skip();
    const terminal = startInTerminal(home, ['proxy', 'start']);
    try {
      await terminal.sees('INFO listening host=127.0.0.1');
      await terminal.sees(`The proxy listens on http://127.0.0.1:${port}`);
      terminal.press('\u0003');
      expect(await terminal.exitCode()).to.equal(0);
    } finally {
      terminal.kill();
    }
  });

  it('stops nothing when it can grow no more', async function () {
    if (process.platform === 'win32') this.skip();
    // In blocks of 512 or 1,024 bytes, for each file.
    await serve('ulimit -f 64;');
    for (let n = 0; n < 150; n += 1) {
      const response = await request('/proxy/demo/v1/messages', question({ model: 'demo' }));
      await response.text();
      expect(response.status).to.equal(200);
    }
    await waitUntil('lines to be counted as dropped', async () => {
      const status = (await (await request('/status')).json()) as { log: { dropped: number } };
      return status.log.dropped > 0;
    });
    expect(await readdir(state())).to.include('proxy.log.1');
  });
});
