import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERIFIED_CLAUDE_CODE } from '../../src/doctor/verified-version.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { serve } from '../support/serve.ts';
import { startInTerminal } from '../support/terminal.ts';
import { stateFolderOf } from './support/kept-history.ts';

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly detail: string | null;
  readonly remedy: string | null;
  readonly fixable: boolean;
}
interface Result {
  readonly findings: readonly Finding[];
  readonly summary: { readonly ok: number; readonly warnings: number; readonly problems: number };
  readonly fixed: readonly string[];
  readonly not_fixed: readonly string[];
  readonly error?: { readonly code: string };
}

const REAL_DAEMON = fileURLToPath(new URL('../daemon/support/real-daemon-process.ts', import.meta.url));
const PROFILE =
  '[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\ndefault_model = "m"\ncontext_window = 200000\n';

describe('claudex doctor', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let port = 0;
  beforeEach(async () => {
    home = await isolatedHome();
    port = await freePort();
    const claude = join(home.home, 'bin', 'claude');
    mkdirSync(dirname(claude));
    writeFileSync(claude, `#!/bin/sh\necho "${VERIFIED_CLAUDE_CODE} (Claude Code)"\n`, { mode: 0o755 });
    await configure(`${PROFILE}base_url = "http://127.0.0.1:9"\n`);
    mkdirSync(join(stateFolderOf(home), 'daemons'), { recursive: true, mode: 0o700 });
  });
  afterEach(() => home.close());

  const configure = (toml: string) =>
    home.writeConfig(`claude_binary = "${join(home.home, 'bin', 'claude')}"\nproxy_port = ${port}\n${toml}`);
  const doctor = (args: readonly string[], environment: { [name: string]: string } = {}) =>
    runCli(home, ['doctor', ...args], { environment });
  it('refuses a configuration file that is named and is not there: exit code 2', async () => {
    const { code, stdout, stderr } = await doctor(['--offline', '--config', '/nope']);
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain('--config names /nope, which does not exist');
  });

  /** What is not as it should be, without asking the network. */
  async function badOf(
    ...args: string[]
  ): Promise<{ readonly code: number | null; readonly bad: Finding[]; readonly result: Result }> {
    const { code, stdout, stderr } = await doctor(['--offline', '--json', ...args]);
    expect(stderr).to.equal('');
    const result = JSON.parse(stdout) as Result;
    return { code, bad: result.findings.filter(({ state }) => state !== 'ok'), result };
  }

  it('finds nothing where nothing is wrong: exit code 0', async () => {
    const { code, bad, result } = await badOf();
    expect(bad).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(result.summary).to.deep.equal({ ok: result.findings.length, warnings: 0, problems: 0 });
    const ids = new Set(result.findings.map(({ id }) => id));
    expect([...ids]).to.include.members(
      'node update plugins claude claude-settings configuration global-file variables key proxy records log history proxy-variables terminal disk clock permissions folders'.split(
        ' ',
      ),
    );
    const page = await doctor(['--offline']);
    expect(page.code).to.equal(0);
    expect(page.stdout)
      .to.contain(`✓ Claude Code ${VERIFIED_CLAUDE_CODE}`)
      .and.to.match(/All is well: \d+ things looked at\.\n$/);
  });

  it('ends with 0 for warnings, and with 1 for a problem', async () => {
    chmodSync(home.configFile, 0o644);
    const warned = await badOf();
    expect(warned.bad.map(({ id, state }) => [id, state])).to.deep.equal([['permissions', 'warning']]);
    expect(warned.code).to.equal(0);
    await configure(`${PROFILE}base_url = "http://127.0.0.1:9"\napi_key_env = "NOT_SET"\n`);
    const failed = await badOf();
    const key = failed.bad.find(({ id }) => id === 'key');
    expect(key?.detail).to.contain('NOT_SET');
    expect(failed.code).to.equal(1);
    expect(failed.result.error).to.deep.equal({ code: 'problems-found', message: key?.title, remedy: key?.remedy });
    expect(warned.result).to.not.have.property('error');
  });

  it('says everything that is wrong with the configuration, and looks at the rest all the same', async () => {
    await home.writeConfig('proxy_prot = 1\nlog_level = "loud"\n');
    const { code, bad } = await badOf();
    expect(code).to.equal(1);
    const found = bad.find(({ id }) => id === 'configuration');
    expect(found?.detail).to.contain('config.toml:1:1').and.contain('config.toml:2:1').and.contain('proxy_port');
    expect(bad.map(({ id }) => id)).to.include('claude');
  });

  it('mends what is safe, says so, and leaves everything else alone', async () => {
    await configure(`${PROFILE}base_url = "http://127.0.0.1:9"\napi_key = "canary-key-0123456789"\n`);
    const text = readFileSync(home.configFile, 'utf8');
    chmodSync(home.configFile, 0o644);
    const daemons = join(stateFolderOf(home), 'daemons');
    const gone = await freePort();
    const record = { host: '127.0.0.1', port: gone, pid: 999_999_999, version: '0', started_at: 'x' };
    writeFileSync(join(daemons, `${gone}.json`), JSON.stringify(record), { mode: 0o600 });
    const before = await badOf();
    expect(before.bad.map(({ id, fixable }) => [id, fixable])).to.have.deep.members([
      ['permissions', true],
      ['records', true],
      ['key', false],
    ]);
    const { bad, result } = await badOf('--fix');
    expect(bad.map(({ id }) => id)).to.deep.equal(['key']);
    expect(result.fixed).to.have.length(2);
    expect(result.fixed.join('\n')).to.contain(home.configFile).and.to.contain(`${gone}.json`);
    expect(statSync(home.configFile).mode & 0o777).to.equal(0o600);
    expect(readFileSync(home.configFile, 'utf8')).to.equal(text);
    expect(JSON.stringify(result)).to.not.contain('canary');
    expect((await badOf('--fix')).result.fixed).to.deep.equal([]);
  });

  it('makes what a fresh installation does not have yet', async () => {
    const fresh = await isolatedHome();
    try {
      const { stdout } = await runCli(fresh, ['doctor', '--fix', '--offline']);
      expect(stdout)
        .to.match(/^Fixed: made .*config\.toml$/m)
        .and.to.match(/^Fixed: made .*state$/m);
      expect(statSync(fresh.configFile).mode & 0o777).to.equal(0o600);
      expect(statSync(stateFolderOf(fresh)).mode & 0o777).to.equal(0o700);
      const again = await runCli(fresh, ['doctor', '--offline', '--json']);
      const ids = (JSON.parse(again.stdout) as Result).findings
        .filter(({ state }) => state !== 'ok')
        .map(({ id }) => id);
      expect(ids).to.deep.equal(['claude', 'profiles']);
    } finally {
      await fresh.close();
    }
  });

  it('names who has taken the port, and knows our own proxy', async () => {
    const stranger = await serve((_request, response) => void response.end('hello'), port);
    const { code, bad } = await badOf();
    expect(code).to.equal(1);
    expect(bad.map(({ id }) => id)).to.deep.equal(['port']);
    expect(bad[0]?.detail).to.contain(process.platform === 'linux' ? `pid ${process.pid}` : String(port));
    await stranger.stop();
    const started = await runCli(home, ['proxy', 'start', '--daemon']);
    expect(started.code, started.stderr).to.equal(0);
    const { bad: none, result } = await badOf();
    expect(none).to.deep.equal([]);
    expect(result.findings.find(({ id }) => id === 'proxy')?.title).to.contain(`runs on port ${port}`);
  });

  it('has a new proxy take over from an older one that nobody uses', async () => {
    const token = 'a-token-0123456789abcdef';
    await configure(`proxy_token = "${token}"\n${PROFILE}base_url = "http://127.0.0.1:9"\n`);
    const command = [REAL_DAEMON, String(port), token, stateFolderOf(home), '0.0.1', home.configFile];
    const old = spawn(process.execPath, command, { env: home.environment, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const ended = once(old, 'exit');
      await once(old.stdout, 'data');
      const { code, bad } = await badOf();
      expect(code).to.equal(0);
      expect(bad.map(({ id, state, fixable }) => [id, state, fixable])).to.deep.equal([['proxy', 'warning', true]]);
      const { bad: none, result } = await badOf('--fix');
      expect(none).to.deep.equal([]);
      expect(result.fixed.join()).to.match(/^started a proxy of version .* in place of 0\.0\.1$/);
      await ended;
    } finally {
      old.kill('SIGKILL');
    }
  });

  it('asks the provider of the default profile what time it is, and shows it no key', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const provider = await serve((_request, response) => void response.writeHead(401, { date }).end());
    try {
      await configure(`${PROFILE}base_url = "${provider.url}"\napi_key_env = "P_KEY"\n`);
      const { code, stdout } = await doctor(['--json'], { P_KEY: 'canary-key-0123456789' });
      expect(code).to.equal(1);
      const clock = (JSON.parse(stdout) as Result).findings.find(({ id }) => id === 'clock');
      expect(clock).to.include({ state: 'problem', title: 'The clock is wrong' });
      expect(provider.seen).to.have.length(1);
      expect(JSON.stringify(provider.seen)).to.not.contain('canary');
    } finally {
      await provider.stop();
    }
  });

  it('shows on a terminal that it works, then only the result', async () => {
    const session = startInTerminal(home, ['doctor', '--offline']);
    try {
      await session.sees('All is well');
      expect(await session.exitCode()).to.equal(0);
    } finally {
      session.kill();
    }
  });

  it('looks at the file that is named instead', async () => {
    const other = join(home.work, 'other.toml');
    writeFileSync(other, 'nonsense = [');
    const { code, stdout } = await doctor(['--offline', '--json', '--config', other]);
    expect(code).to.equal(1);
    const { findings } = JSON.parse(stdout) as Result;
    expect(findings.find(({ id }) => id === 'configuration')?.detail).to.contain('other.toml');
    expect((await doctor(['extra'])).code).to.equal(2);
  });
});
