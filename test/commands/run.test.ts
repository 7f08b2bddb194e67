import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessOptions, ProcessResult } from '../support/run-process.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { serve } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

describe('claudex run', function () {
  this.timeout(60_000);
  let port: number;
  let home: IsolatedHome;
  let claude: FakeClaude;

  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
    claude = await installFakeClaude(home);
    await home.writeConfig(`claude_binary = '${claude.path}'\n`);
  });
  afterEach(() => home.close());

  function run(
    args: readonly string[],
    environment: ProcessOptions['environment'] = {},
    cwd = home.work,
  ): Promise<ProcessResult> {
    return runCli(home, ['run', ...args], { cwd, environment: { ...claude.reporting(), ...environment } });
  }

  /** Neither claude nor a proxy was started. */
  async function expectNothingStarted(): Promise<void> {
    expect(await claude.hasStarted()).to.equal(false);
    expect(existsSync(join(home.home, '.local/share/claudex/state/proxy.log'))).to.equal(false);
  }

  it('starts nothing for a key that no header can carry, and does not show it: exit code 1', async () => {
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = "k"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9/v1"\ndefault_model = "m"\napi_key_env = "MY_KEY"\n`,
    );
    const { code, stdout, stderr } = await run(['k'], { MY_KEY: 'sk-canary\nsk-other' });
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.contain('profile "k"').and.contain('MY_KEY').and.not.contain('sk-');
    await expectNothingStarted();
  });

  for (const line of ['demo --dry-run=1', 'demo --json=yes', 'demo -m=']) {
    it(`starts nothing for "run ${line}": exit code 2`, async () => {
      expect(await run(line.split(' '))).to.include({ code: 2 });
      await expectNothingStarted();
    });
  }

  it('takes a model that is written without a blank for its own', async () => {
    const { code, stdout } = await run(['demo', '-mzz', '--dry-run']);
    expect(code).to.equal(0);
    expect(stdout).to.contain('ANTHROPIC_MODEL=zz');
    await expectNothingStarted();
  });

  it('returns 13 when claude does, although Node has its own use for that code', async () => {
    const { code, stderr } = await run(['demo'], { FAKE_EXIT: '13' });
    expect(code).to.equal(13);
    expect(stderr).to.not.include('hook of a plugin');
  });

  it('lends the proxy a key of this shell for as long as the session lasts', async function () {
    if (process.platform !== 'linux') return this.skip();
    const upstream = await startChatUpstream(() => ({ text: 'hello' }));
    try {
      await home.writeConfig(
        `claude_binary = '${claude.path}'\n[[profiles]]\nname = "k"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\napi_key_env = "MY_KEY"\n`,
      );
      const { code } = await run(['k'], { MY_KEY: 'key-of-this-shell', FAKE_ASK: '1' });
      expect(code).to.equal(0);
      expect(upstream.requests[0]?.headers.authorization).to.equal('Bearer key-of-this-shell');
      const { stdout } = await runCli(home, ['proxy', 'status', '--json']);
      const { pid } = JSON.parse(stdout) as { pid: number };
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8'))
        .to.include('CLAUDEX_DAEMON=1')
        .and.not.include('key-of-this-shell');
      const token = readFileSync(join(home.home, '.local/share/claudex/state/proxy-token'), 'utf8').trim();
      const later = await fetch(`http://127.0.0.1:${port}/proxy/k/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': token },
        body: JSON.stringify({ model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] }),
      });
      expect(later.status).to.equal(401);
      expect(await later.text()).to.include('MY_KEY is not set');
    } finally {
      await upstream.close();
    }
    return undefined;
  });

  it('starts claude with its own arguments, in this folder, on the proxy, and returns its exit code', async () => {
    const { code, stdout } = await run(['demo', '-m', 'demo-tools', '-p', 'say "hi"', '', '-m', 'x', '--', '--json'], {
      FAKE_EXIT: '7',
    });
    expect({ code, stdout }).to.deep.equal({ code: 7, stdout: '' });
    const { argv, env, cwd } = await claude.report();
    expect(argv).to.deep.equal(['--no-chrome', '-p', 'say "hi"', '', '-m', 'x', '--', '--json']);
    expect(cwd).to.equal(home.work);
    expect(env).to.include({
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}/proxy/demo`,
      ANTHROPIC_MODEL: 'demo-tools',
    });
    expect(env['ANTHROPIC_AUTH_TOKEN']).to.match(/^[0-9a-f]{64}$/);
  });

  it('answers the first request of a session that had to start the proxy', async () => {
    expect(await run(['demo'], { FAKE_ASK: '1' })).to.include({ code: 0 });
    const { answer } = await claude.report();
    expect(answer?.status).to.equal(200);
    expect(answer?.body.content?.[0]?.text).to.be.a('string');
  });

  it('passes everything after a -- on, also what would be a flag of ours', async () => {
    expect(await run(['demo', '--', '--help', '-m', 'x'])).to.include({ code: 0, stdout: '' });
    expect((await claude.report()).argv).to.deep.equal(['--no-chrome', '--help', '-m', 'x']);
  });

  it('returns 128 and the number of the signal that ended claude', async () => {
    expect(await run(['demo'], { FAKE_SIGNAL: 'SIGTERM' })).to.include({ code: 143 });
  });

  it('finds an unknown profile before anything is started', async () => {
    const { code, stderr } = await run(['nobody']);
    expect(code).to.equal(1);
    expect(stderr).to.include('nobody').and.include('claudex run demo');
    await expectNothingStarted();
  });

  it('names the variable of a missing key before anything is started', async () => {
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = 'work'\nprovider = 'openai'\napi_key_env = 'MY_WORK_KEY'\n`,
    );
    const { code, stderr } = await run(['work']);
    expect(code).to.equal(1);
    expect(stderr).to.include('MY_WORK_KEY');
    await expectNothingStarted();
  });

  it('does not start a disabled profile', async () => {
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = 'demo'\nprovider = 'demo'\nenabled = false\n`,
    );
    const { code, stderr } = await run(['demo']);
    expect(code).to.equal(1);
    expect(stderr).to.include('disabled');
    await expectNothingStarted();
  });

  it('says how to get claude when it cannot be found', async () => {
    await home.writeConfig(`claude_binary = 'claude-that-is-not-there'\n`);
    const { code, stderr } = await run(['demo']);
    expect(code).to.equal(1);
    expect(stderr).to.include('claude-that-is-not-there').and.include('npm install');
    await expectNothingStarted();
  });

  it('reports wrong usage with exit code 2, as JSON when asked', async () => {
    const [plain, json] = await Promise.all([run([]), run(['--json', '--print', 'demo'])]);
    expect(plain).to.include({ code: 2, stdout: '' });
    expect(json.code).to.equal(2);
    expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'usage');
  });

  it('shows its help with -h and --help in front of the profile, and says where the profile belongs', async () => {
    const calls = [['-h'], ['--help'], ['--json', '--', 'demo']].map((args) => run(args));
    const [short, long, misplaced] = await Promise.all(calls);
    for (const help of [short, long]) {
      expect(help?.code).to.equal(0);
      expect(help?.stdout).to.include('claudex run PROFILE').and.include('--dry-run');
    }
    expect(misplaced?.code).to.equal(2);
    expect(JSON.parse(misplaced?.stdout ?? ''))
      .to.have.nested.property('error.message')
      .that.includes('the profile comes first');
  });

  it('starts the claude that is beside the configuration, not the one of the folder it works in', async () => {
    await home.writeConfig(`claude_binary = '${relative(dirname(home.configFile), claude.path)}'\n`);
    const { code, stdout } = await run(['demo', '--dry-run', '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.have.nested.property('command[0]', claude.path);
  });

  it('shows with --dry-run what it would start, without secrets, and starts nothing', async () => {
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = 'work'\nprovider = 'openai'\napi_key_env = 'MY_WORK_KEY'\n`,
    );
    const environment = { MY_WORK_KEY: 'sk-very-secret' };
    const [{ code, stdout }, plain] = await Promise.all([
      run(['work', '--dry-run', '--json', '-p', 'a b'], environment),
      run(['work', '--dry-run', '-p', 'a b'], environment),
    ]);
    expect(code).to.equal(0);
    expect(stdout).not.to.include('sk-very-secret');
    const shown = JSON.parse(stdout) as {
      environment: Record<string, string>;
      removed: string[];
      command: string[];
    };
    expect(shown.environment).to.include({
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}/proxy/work`,
      ANTHROPIC_AUTH_TOKEN: '********',
    });
    expect(shown.removed).to.deep.equal(['MY_WORK_KEY']);
    expect(shown.command).to.deep.equal([claude.path, '--no-chrome', '-p', 'a b']);
    expect(plain.stdout.trimEnd().split('\n').at(-1)).to.equal(`${claude.path} --no-chrome -p 'a b'`);
    await expectNothingStarted();
  });

  it('shows no token and no session to another program on the port, whatever a record says, and names the port', async () => {
    await using stranger = await serve((_request, response) => void response.end('hello'), port);
    const folder = join(home.home, '.local/share/claudex/state/daemons');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const record = { host: '127.0.0.1', port, pid: process.pid, version: '0.1.0', started_at: '2026-01-01' };
    await writeFile(join(folder, `${port}.json`), JSON.stringify(record), { mode: 0o600 });
    const { code, stderr } = await run(['demo'], { CLAUDEX_PROXY_TOKEN: 'the-configured-token' });
    expect(code).to.equal(1);
    expect(stderr).to.include(String(port)).and.include('proxy_port');
    expect(JSON.stringify(stranger.seen)).not.to.include('the-configured-token');
    expect(stranger.seen.map(({ method, body }) => method + body)).to.deep.equal(stranger.seen.map(() => 'GET'));
    expect(stranger.seen.filter(({ headers }) => headers.authorization ?? headers['x-api-key'])).to.deep.equal([]);
    expect(await claude.hasStarted()).to.equal(false);
  });

  it('launches claude without the proxy for its own login', async () => {
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = 'max'\nauth_type = 'oauth'\noauth_provider = 'claude'\nbase_url = 'https://api.anthropic.com'\ndefault_model = 'opus'\n`,
    );
    expect(await run(['max'], { ANTHROPIC_API_KEY: 'sk' })).to.include({ code: 0 });
    const { env } = await claude.report();
    expect(env).to.include({ ANTHROPIC_MODEL: 'opus' });
    expect(env).not.to.have.any.keys('ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY');
    expect((await runCli(home, ['proxy', 'status', '--json'])).stdout).to.include('"running": false');
  });

  it('ends with one proxy when ten sessions start at once', async () => {
    const names = Array.from({ length: 10 }, (_, n) => `session-${n}`);
    const results = await Promise.all(names.map((name) => run(['demo'], { ...claude.reporting(name), FAKE_ASK: '1' })));
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).to.deep.equal(
      names.map(() => ({ code: 0, stderr: '' })),
    );
    for (const name of names) expect((await claude.report(name)).answer?.status).to.equal(200);
    await waitUntil(
      'one process to be left',
      () => process.platform !== 'linux' || home.processes().length === 1,
      10_000,
    );
    const status = JSON.parse((await runCli(home, ['proxy', 'status', '--json'])).stdout) as { daemons: unknown[] };
    expect(status.daemons).to.have.length(1);
  });

  it('ends the session when it is killed itself', async () => {
    const wall = join(home.root, 'go-on');
    const environment = { ...home.environment, ...claude.reporting(), FAKE_STAY_UNTIL: wall };
    await home.writeConfig(`claude_binary = '${claude.path}'\n[[profiles]]\nname = 'demo'\nprovider = 'demo'\n`);
    const child = spawn(process.execPath, [CLAUDEX, 'run', 'demo'], {
      cwd: home.work,
      env: environment,
      stdio: 'ignore',
    });
    try {
      await waitUntil('claude to start', () => claude.hasStarted());
      expect(await sessionsOf('demo')).to.equal(1);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await waitUntil('the session to end', async () => (await sessionsOf('demo')) === 0, 10_000);
    } finally {
      await writeFile(wall, '');
    }
  });

  async function sessionsOf(profile: string): Promise<number | undefined> {
    const { stdout } = await runCli(home, ['proxy', 'status', '--json']);
    const { profiles } = JSON.parse(stdout) as { profiles: Record<string, { sessions: number } | undefined> };
    return profiles[profile]?.sessions;
  }

  describe('on a proxy that runs already', () => {
    const profileOf = (url: string, model: string): string =>
      `[[profiles]]\nname = 'mine'\nprovider_type = 'OpenAICompatible'\nbase_url = '${url}/v1'\ndefault_model = '${model}'\napi_key_env = 'MY_KEY'\n`;

    it('uses a profile that only the trusted file of this folder defines, and a key that only this shell has', async () => {
      const upstream = await startChatUpstream(() => ({ text: 'from the upstream' }));
      try {
        const folders = ['one', 'two'].map((name) => join(home.root, name));
        for (const [index, folder] of folders.entries()) {
          await mkdir(folder);
          await writeFile(join(folder, 'claudex.toml'), profileOf(upstream.url, `model-${index + 1}`));
        }
        const prepared = await Promise.all([
          ...folders.map((cwd) => runCli(home, ['trust', '--yes'], { cwd })),
          runCli(home, ['proxy', 'start', '-d']),
        ]);
        for (const result of prepared) expect(result).to.include({ code: 0 });
        const wall = join(home.root, 'go-on');
        const [one = '', two = ''] = folders;
        const first = run(
          ['mine'],
          { ...claude.reporting('first'), FAKE_ASK: '1', MY_KEY: 'key-of-one', FAKE_STAY_UNTIL: wall },
          one,
        );
        await waitUntil('the first session to be answered', () => claude.hasStarted('first'));
        expect(
          await run(['mine'], { ...claude.reporting('second'), FAKE_ASK: '1', MY_KEY: 'key-of-two' }, two),
        ).to.include({ code: 0 });
        await writeFile(wall, '');
        expect(await first).to.include({ code: 0 });
        for (const name of ['first', 'second'])
          expect((await claude.report(name)).answer?.body.content?.[0]?.text).to.equal('from the upstream');
        expect(upstream.requests.map(({ body, headers }) => [body.model, headers.authorization])).to.deep.equal([
          ['model-1', 'Bearer key-of-one'],
          ['model-2', 'Bearer key-of-two'],
        ]);
        const reports = [await claude.report('first'), await claude.report('second')];
        for (const { env } of reports) expect(env).not.to.have.property('MY_KEY');
        expect(new Set(reports.map(({ env }) => env['ANTHROPIC_BASE_URL'])).size).to.equal(2);
      } finally {
        await upstream.close();
      }
    });
  });
});
