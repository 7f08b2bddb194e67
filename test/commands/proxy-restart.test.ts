import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { eventsOf, question } from '../support/proxy.ts';
import { serve } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';
import { serveEndless, type EndlessUpstream } from './support/endless-upstream.ts';
import { proxyUser, type ProxyUser } from './support/proxy-user.ts';

describe('claudex proxy restart', function () {
  this.timeout(60_000);
  let user: ProxyUser;
  let upstream: EndlessUpstream;

  beforeEach(async () => {
    user = await proxyUser();
    upstream = await serveEndless();
    await user.home.writeConfig(upstream.profile);
  });
  afterEach(async () => {
    upstream.finish();
    await user.close();
    await upstream.stop();
  });

  const restart = (...args: string[]) => runCli(user.home, ['proxy', 'restart', ...args]);
  async function stream(): Promise<Response> {
    return fetch(`http://127.0.0.1:${user.port}/proxy/p/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': await user.token() },
      body: JSON.stringify(question({ stream: true })),
    });
  }

  it('puts a new proxy in the place of the one that runs, which finishes its answers and ends', async () => {
    const old = await user.json(['start', '-d']);
    const running = await stream();
    const next = await user.json(['restart']);
    expect(next).to.include({ port: user.port, restarted: true, version: old['version'] });
    expect(next['pid']).not.to.equal(old['pid']);
    expect(await user.status()).to.include({ running: true, pid: next['pid'] });
    if (process.platform === 'linux') expect(user.home.processes()).to.have.length(2);
    upstream.finish();
    const events = eventsOf(await running.text());
    expect(events.filter(({ type }) => type === 'content_block_delta')).to.have.length(2);
    expect(events.at(-1)?.type).to.equal('message_stop');
    if (process.platform !== 'linux') return;
    await waitUntil('the old one to end', () => user.home.processes().length === 1);
    expect(user.home.processes()[0]?.pid).to.equal(next['pid']);
    const { daemons } = await user.status();
    expect(daemons.map(({ pid }) => pid)).to.deep.equal([next['pid']]);
  });

  it('takes over from one that serves in the foreground', async () => {
    const child = await user.foreground();
    const ended = once(child, 'exit');
    expect(await user.json(['restart'])).to.include({ restarted: true });
    expect(await ended).to.deep.equal([0, null]);
  });

  it('starts one where none runs, and says so', async () => {
    const { code, stdout, stderr } = await restart();
    expect([code, stdout]).to.deep.equal([0, '']);
    expect(stderr).to.include(`No proxy ran on port ${user.port}`).and.include(`http://127.0.0.1:${user.port}`);
    expect((await restart()).stderr).to.include('new one');
    expect(await user.json(['stop'])).to.include({ stopped: true });
    expect(await user.json(['restart'])).to.include({ restarted: false });
  });

  it('uses the configuration, the folder and the port of this call', async () => {
    const other = await freePort();
    const folder = join(user.home.root, 'project');
    await mkdir(folder);
    await writeFile(join(folder, 'my.toml'), "[[profiles]]\nname = 'only-here'\nprovider = 'demo'\n");
    await user.json(['start', '-d', '-p', String(other)]);
    const call = ['restart', '-p', String(other), '--config', 'my.toml'];
    expect(await user.json(call, { cwd: folder })).to.include({ port: other, restarted: true });
    const status = await user.json(['status', '-p', String(other)]);
    expect(status).to.have.nested.property('profiles.only-here');
    expect(await user.json(['status'])).to.include({ running: false });
    expect(await user.json(['stop', '-p', String(other)])).to.include({ stopped: true });
  });

  it('leaves the running one alone when the new one could not start', async () => {
    const { pid } = await user.json(['start', '-d']);
    await user.home.writeConfig('log_level = "loud"\n');
    const result = await restart();
    expect(result).to.include({ code: 2, stdout: '' });
    await user.home.writeConfig('');
    expect(await user.status()).to.include({ running: true, pid });
  });

  it('leaves another program on the port alone and shows it no token, even when a record names it', async () => {
    await user.json(['status']);
    await using stranger = await serve((_request, response) => void response.end('hello'), user.port);
    await mkdir(dirname(user.recordFile), { recursive: true, mode: 0o700 });
    const record = { host: '127.0.0.1', port: user.port, pid: process.pid, version: '0.1.0', started_at: 'now' };
    await writeFile(user.recordFile, JSON.stringify(record), { mode: 0o600 });
    const refused = await restart();
    expect(refused).to.include({ code: 1, stdout: '' });
    expect(refused.stderr).to.include(`port ${user.port} is held by`).and.include('proxy_port');
    expect(await user.json(['restart'])).to.have.nested.property('error.code', 'port-taken');
    expect(stranger.seen.map(({ url }) => url.replace(/=.*/, ''))).to.deep.equal(
      stranger.seen.map(() => '/health?challenge'),
    );
    expect(JSON.stringify(stranger.seen)).not.to.include(await user.token());
  });

  it('signals no process that a record or a claim names, and neither do stop and status', async () => {
    const bystander = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    try {
      const folder = dirname(user.recordFile);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const record = { host: '127.0.0.1', port: user.port, pid: bystander.pid, version: '0.1.0', started_at: 'now' };
      const lie = async (): Promise<void> => {
        await writeFile(user.recordFile, JSON.stringify(record), { mode: 0o600 });
        await writeFile(join(folder, `${user.port}.pid`), String(bystander.pid));
      };
      await lie();
      expect(await user.json(['stop'])).to.include({ stopped: false });
      expect(await user.status()).to.deep.include({ running: false, daemons: [] });
      await lie();
      const { pid } = await user.json(['restart']);
      expect(pid).not.to.equal(bystander.pid);
      await lie();
      expect(await user.json(['restart'])).to.include({ restarted: true });
      await lie();
      expect(await user.json(['stop'])).to.include({ stopped: true });
      expect(bystander.exitCode ?? bystander.signalCode).to.equal(null);
    } finally {
      bystander.kill();
    }
  });
});
