import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import type { ProcessResult } from '../support/run-process.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';
import { installFakeClaude, type ClaudeReport, type FakeClaude } from './support/fake-claude.ts';
import { proxyUser, type ProxyUser } from './support/proxy-user.ts';

describe('sessions whose proxy goes away', function () {
  this.timeout(120_000);
  let user: ProxyUser;
  let claude: FakeClaude;
  let upstream: RecordingServer<ChatRequest>;
  let wall: string;

  beforeEach(async () => {
    user = await proxyUser();
    claude = await installFakeClaude(user.home);
    upstream = await startChatUpstream((body) => ({ text: `${body.model} says hello` }));
    wall = join(user.home.root, 'go-on');
    await user.home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = "k"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\napi_key_env = "MY_KEY"\n[[profiles]]\nname = "demo"\nprovider = "demo"\n`,
    );
  });
  afterEach(async () => {
    await writeFile(wall, '');
    await user.close();
    await upstream.close();
  });

  /** A session that asks once, waits for the wall to appear, and asks once more. */
  function session(name: string, profile: string, environment = {}): Promise<ProcessResult> {
    return runCli(user.home, ['run', profile], {
      environment: {
        ...claude.reporting(name),
        FAKE_ASK: '1',
        FAKE_STAY_UNTIL: wall,
        FAKE_ASK_AGAIN: '1',
        FAKE_EXIT: '7',
        ...environment,
      },
    });
  }
  async function sessions(): Promise<number> {
    const { profiles } = await user.status();
    return Object.values(profiles).reduce((sum, profile) => sum + (profile?.sessions ?? 0), 0);
  }
  const begun = (names: readonly string[]): Promise<unknown> =>
    waitUntil('all sessions to begin', async () =>
      (await Promise.all(names.map((name) => claude.hasStarted(name)))).every(Boolean),
    );
  /** Lets every session ask again and end. */
  async function finish(names: readonly string[], results: readonly Promise<ProcessResult>[]): Promise<ClaudeReport[]> {
    await writeFile(wall, '');
    for (const { code, stdout, stderr } of await Promise.all(results))
      expect({ code, stdout, stderr }).to.deep.equal({ code: 7, stdout: '', stderr: '' });
    const reports = await Promise.all(names.map((name) => claude.report(name)));
    expect(reports.map(({ answer, again }) => [answer?.status, again?.status])).to.deep.equal(
      names.map(() => [200, 200]),
    );
    return reports;
  }
  async function killProxy(): Promise<number> {
    const { pid } = await user.status();
    process.kill(pid ?? 0, 'SIGKILL');
    return pid ?? 0;
  }

  it('bring it back when it was killed: ten of them start one, and all go on', async () => {
    const names = Array.from({ length: 10 }, (_, n) => `session-${n}`);
    // Two shells with different keys, and sessions that need none.
    const results = names.map((name, n) =>
      n % 3 === 2 ? session(name, 'demo') : session(name, 'k', { MY_KEY: `key-${n % 3}` }),
    );
    await begun(names);
    const killed = await killProxy();
    await waitUntil('all sessions to be back', async () => (await sessions()) === 10);
    const { pid, daemons } = await user.status();
    expect(pid).not.to.equal(killed);
    expect(daemons.map((daemon) => daemon.pid)).to.deep.equal([pid]);
    await finish(names, results);
    const asked = upstream.requests.map(({ headers }) => headers.authorization);
    const keys = [...Array<string>(8).fill('Bearer key-0'), ...Array<string>(6).fill('Bearer key-1')];
    expect(asked).to.have.members(keys);
    if (process.platform !== 'linux') return;
    await waitUntil('one process to be left', () => user.home.processes().length === 1);
  });

  it('are answered although they ask in the moment in which it is gone', async () => {
    const result = session('one', 'k', { MY_KEY: 'mine' });
    await begun(['one']);
    await killProxy();
    await finish(['one'], [result]);
  });

  it('bring along the key that it was started with, when that is gone with it', async () => {
    const started = await user.json(['start', '-d'], { environment: { MY_KEY: 'mine' } });
    const result = session('one', 'k', { MY_KEY: 'mine' });
    await begun(['one']);
    process.kill(started['pid'] as number, 'SIGKILL');
    await waitUntil('the session to be back', async () => (await sessions()) === 1);
    const [report] = await finish(['one'], [result]);
    expect(report?.env['ANTHROPIC_BASE_URL']).to.equal(`http://127.0.0.1:${user.port}/proxy/k`);
    expect(upstream.requests.map(({ headers }) => headers.authorization)).to.deep.equal(['Bearer mine', 'Bearer mine']);
  });

  it('follow it when it is restarted', async () => {
    const names = ['one', 'two'];
    const results = [session('one', 'k', { MY_KEY: 'mine' }), session('two', 'demo')];
    await begun(names);
    const { pid } = await user.json(['restart']);
    await waitUntil('both sessions to be back', async () => (await sessions()) === 2);
    expect((await user.status()).pid).to.equal(pid);
    await finish(names, results);
  });

  it('leave it stopped when the user stopped it, and come back when the user starts it', async () => {
    const result = session('one', 'k', { MY_KEY: 'mine' });
    await begun(['one']);
    expect(await user.json(['stop'])).to.include({ stopped: true });
    await pause(3_000);
    expect(await user.status()).to.deep.include({ running: false, daemons: [] });
    await expectMissing(user.recordFile);
    await user.json(['start', '-d']);
    await waitUntil('the session to be back', async () => (await sessions()) === 1);
    await finish(['one'], [result]);
  });

  it('end as ever when the user stopped it', async () => {
    const result = session('one', 'demo', { FAKE_ASK_AGAIN: '' });
    await begun(['one']);
    await user.json(['stop']);
    await writeFile(wall, '');
    expect(await result).to.deep.include({ code: 7, stdout: '', stderr: '' });
    expect(await user.status()).to.include({ running: false });
  });

  async function expectMissing(file: string): Promise<void> {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    expect(found).to.equal(false);
  }
});
