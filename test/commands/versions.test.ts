import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { eventsOf, question } from '../support/proxy.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';
import { serveEndless, type EndlessUpstream } from './support/endless-upstream.ts';
import { proxyUser, type ProxyUser } from './support/proxy-user.ts';

const REAL_DAEMON = fileURLToPath(new URL('../daemon/support/real-daemon-process.ts', import.meta.url));

describe('claudex run with a proxy of another version', function () {
  this.timeout(60_000);
  let user: ProxyUser;
  let claude: FakeClaude;
  let upstream: EndlessUpstream;
  let current: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    user = await proxyUser();
    claude = await installFakeClaude(user.home);
    upstream = await serveEndless();
    await user.home.writeConfig(`claude_binary = '${claude.path}'\n${upstream.profile}`);
    // Makes the token as well.
    current = ((await user.json(['start', '-d']))['version'] as string | undefined) ?? '';
    await user.json(['stop']);
  });
  afterEach(async () => {
    upstream.finish();
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
    await user.close();
    await upstream.stop();
  });

  /** A real proxy that says it is of this version. */
  async function runs(version: string): Promise<ChildProcess> {
    const stateFolder = join(user.home.home, '.local/share/claudex/state');
    const command = [REAL_DAEMON, String(user.port), await user.token(), stateFolder, version, user.home.configFile];
    const child = spawn(process.execPath, command, {
      env: { ...user.home.environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }
  const run = (name = 'one'): Promise<ProcessResult> =>
    runCli(user.home, ['run', 'p'], { environment: claude.reporting(name) });
  async function stream(): Promise<Response> {
    return fetch(`http://127.0.0.1:${user.port}/proxy/p/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': await user.token() },
      body: JSON.stringify(question({ stream: true })),
    });
  }

  it('has a new one take over from an older one, says so once, and cuts no stream', async () => {
    const old = await runs('0.0.1');
    const ended = once(old, 'exit');
    const running = await stream();
    const { code, stdout, stderr } = await run();
    expect([code, stdout]).to.deep.equal([0, '']);
    expect(stderr.trimEnd().split('\n')).to.have.length(1);
    expect(stderr).to.include('0.0.1').and.include(current);
    expect(await user.status()).to.include({ running: true, version: current });
    expect(old.exitCode).to.equal(null);
    upstream.finish();
    const events = eventsOf(await running.text());
    expect(events.filter(({ type }) => type === 'content_block_delta')).to.have.length(2);
    expect(events.at(-1)?.type).to.equal('message_stop');
    expect(await ended).to.deep.equal([0, null]);
    expect((await user.status()).daemons).to.have.length(1);
    expect((await run('two')).stderr).to.equal('');
  });

  it('starts one when ten sessions find an older one at once', async () => {
    await runs('0.0.1');
    const names = Array.from({ length: 10 }, (_, n) => `session-${n}`);
    const results = await Promise.all(names.map(run));
    expect(results.filter(({ code }) => code !== 0)).to.deep.equal([]);
    expect(results.filter(({ stderr }) => stderr !== '')).to.have.length(1);
    for (const name of names) expect(await claude.hasStarted(name)).to.equal(true);
    if (process.platform === 'linux') expect(user.home.processes()).to.have.length(1);
  });

  it('uses a newer one as it is, and says so', async () => {
    const newer = await runs('99.0.0');
    const { code, stderr } = await run();
    expect(code).to.equal(0);
    expect(stderr).to.include('99.0.0').and.include('claudex proxy restart');
    expect(newer.exitCode).to.equal(null);
    expect(await user.status()).to.include({ version: '99.0.0' });
  });
});
