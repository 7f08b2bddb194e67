import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installFakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { serve } from '../support/serve.ts';

describe('processes of others', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let port: number;
  let bystander: ChildProcess;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
    bystander = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    await once(bystander, 'spawn');
  });
  afterEach(async () => {
    bystander.kill('SIGKILL');
    await home.close();
  });

  const state = (): string => join(home.home, '.local/share/claudex/state');
  /** Writes down that the proxy is this process. */
  function accuse(pid: unknown): void {
    mkdirSync(join(state(), 'daemons'), { recursive: true, mode: 0o700 });
    const record = { host: '127.0.0.1', port, pid, version: '0.1.0', started_at: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(state(), 'daemons', `${port}.json`), JSON.stringify(record), { mode: 0o600 });
    writeFileSync(join(state(), 'proxy.pid'), String(pid), { mode: 0o600 });
  }
  function expectUnharmed(): void {
    expect([bystander.exitCode, bystander.signalCode]).to.deep.equal([null, null]);
  }

  for (const [what, pidOf] of Object.entries<() => unknown>({
    'another process': () => bystander.pid,
    'the group of it': () => -(bystander.pid ?? 0),
    everybody: () => -1,
    'our own group': () => 0,
    'the process of the test': () => process.pid,
    'no number': () => `${bystander.pid}; true`,
  }))
    it(`SEC-45: are not signalled when the record of the proxy names ${what}`, async () => {
      for (const args of [['stop'], ['stop', '--port', String(port)]]) {
        accuse(pidOf());
        const { code, signal } = await runCli(home, ['proxy', ...args]);
        expect([0, 1], args.join(' ')).to.include(code);
        expect(signal).to.equal(null);
      }
      expectUnharmed();
    });

  it('SEC-45: are not signalled when a stranger has the port and the record', async () => {
    await using stranger = await serve(
      (_request, response) => void response.end('{"status":"ok","name":"claudex"}'),
      port,
    );
    accuse(bystander.pid);
    for (const args of [
      ['proxy', 'stop'],
      ['proxy', 'restart'],
      ['proxy', 'status'],
    ])
      await runCli(home, args);
    expectUnharmed();
    expect((await fetch(stranger.url)).status).to.equal(200);
  });

  for (const [what, body] of Object.entries({
    'says nothing of itself': 'hello',
    'says to be Claudex': '{"status":"ok","name":"claudex","version":"0.1.0"}',
    'makes a proof up': `{"status":"ok","name":"claudex","version":"0.1.0","proof":"${'ab'.repeat(32)}","proof_for_port":"${'ab'.repeat(32)}"}`,
  }))
    it(`SEC-46: get no token and no key when one has the port and ${what}`, async () => {
      await using stranger = await serve((_request, response) => {
        response.setHeader('content-type', 'application/json').end(body);
      }, port);
      const claude = await installFakeClaude(home);
      await home.writeConfig(
        `claude_binary = '${claude.path}'\n[[profiles]]\nname = "p"\nbase_url = "https://p.example"\napi_key_env = "P_KEY"\ndefault_model = "m"\n`,
      );
      const environment = { ...claude.reporting(), P_KEY: 'canary-key-0123456789' };
      for (const args of [
        ['run', 'demo'],
        ['run', 'p'],
        ['proxy', 'start', '--daemon'],
        ['proxy', 'stop'],
        ['proxy', 'status'],
      ]) {
        const { code, stdout, stderr } = await runCli(home, args, { environment });
        if (args[1] === 'stop' || args[1] === 'status') continue;
        expect(code, stderr).to.equal(1);
        expect(stdout + stderr, args.join(' ')).to.include(String(port));
      }
      expect(await claude.hasStarted()).to.equal(false);
      expect(stranger.seen).not.to.have.lengthOf(0);
      const token = readFileSync(join(state(), 'proxy-token'), 'utf8').trim();
      for (const text of [token, 'canary-key-0123456789']) expect(JSON.stringify(stranger.seen)).not.to.include(text);
      for (const { method, headers } of stranger.seen) {
        expect(method).to.equal('GET');
        expect(headers).not.to.have.any.keys('authorization', 'x-api-key');
      }
    });
});
