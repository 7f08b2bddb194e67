import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';
import { waitUntil } from '../support/wait-until.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

interface Listed {
  readonly sessions: readonly { readonly requests: number; readonly [field: string]: unknown }[];
}

describe('claudex ps', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;

  beforeEach(async () => {
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()) });
    claude = await installFakeClaude(home);
    await home.writeConfig(`claude_binary = '${claude.path}'\n`);
  });
  afterEach(() => home.close());

  const list = async (): Promise<Listed> => JSON.parse((await runCli(home, ['ps', '--json'])).stdout) as Listed;

  it('says so when there is no proxy, and when nobody uses the one there is', async () => {
    const [plain, json] = [await runCli(home, ['ps']), await list()];
    expect(plain).to.include({ code: 0, stderr: '' });
    expect(plain.stdout).to.match(/^No proxy runs.*\n$/);
    expect(json).to.deep.equal({ sessions: [] });
    expect(await runCli(home, ['proxy', 'start', '-d'])).to.include({ code: 0 });
    expect(await runCli(home, ['ps'])).to.include({ code: 0, stdout: 'No session is running.\n' });
  });

  it('lists what runs with its profile, model, folder, age and tokens, and fits a narrow terminal', async () => {
    const wall = join(home.root, 'go-on');
    const environment = { ...claude.reporting(), FAKE_ASK: '1', FAKE_STAY_UNTIL: wall };
    const session = runCli(home, ['run', 'demo'], { environment, cwd: home.home });
    try {
      await waitUntil('claude to be answered', () => claude.hasStarted());
      await waitUntil('the request to be counted', async () => (await list()).sessions[0]?.requests === 1);
      const [shown] = (await list()).sessions;
      expect(shown).to.include({ profile: 'demo', model: 'demo', folder: home.home, client_session: 'fake-session' });
      expect(shown?.['output_tokens']).to.be.greaterThan(0);
      expect(shown).to.have.all.keys(
        'profile pid folder age_s idle_s served_by model client_session session requests port input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens'.split(
          ' ',
        ),
      );
      const usage = await runCli(home, ['usage', '--by', 'session', '--json']);
      const { rows } = JSON.parse(usage.stdout) as { rows: { key: string }[] };
      expect(rows).to.have.length(1);
      expect(rows[0]).to.include({ key: shown?.['session'], client_session: 'fake-session' });
      expect((await runCli(home, ['usage', '--by', 'session'])).stdout).to.match(/\nfake-session +1 /);
      const { stdout } = await runCli(home, ['ps']);
      expect(stdout).to.match(/^PROFILE +MODEL +FOLDER +AGE +IN +OUT +PID +CLAUDE SESSION\n/);
      expect(stdout).to.match(/\ndemo +demo +~ +\d+s +\d+ +\d+ +\d+ +fake-session\n$/);
      const narrow = startInTerminal(home, ['ps'], {}, 60);
      expect(await narrow.exitCode()).to.equal(0);
      const lines = narrow
        .screen()
        .trimEnd()
        .split(/[\r\n]+/);
      expect(lines).to.have.length(2);
      for (const line of lines) expect(line.length).to.be.at.most(60);
      expect(lines[0]).to.match(/^PROFILE +MODEL +FOLDER +AGE +IN +OUT$/);
    } finally {
      await writeFile(wall, '');
    }
    expect(await session).to.include({ code: 0 });
    await waitUntil('the session to end', async () => (await list()).sessions.length === 0);
  });

  it('tells two sessions with one address apart', async () => {
    const wall = join(home.root, 'go-on');
    const names = ['first-session', 'second-session'];
    const start = (name: string, environment: { readonly [variable: string]: string }) =>
      runCli(home, ['run', 'demo'], {
        environment: { ...claude.reporting(name), FAKE_SESSION: name, FAKE_STAY_UNTIL: wall, ...environment },
        cwd: home.home,
      });
    const sessions = [start('first-session', { FAKE_ASK: '1' }), start('second-session', {})];
    try {
      for (const name of names) await waitUntil(`${name} to begin`, () => claude.hasStarted(name));
      const reports = await Promise.all(names.map((name) => claude.report(name)));
      expect(new Set(reports.map(({ env }) => env['ANTHROPIC_BASE_URL'])).size).to.equal(1);
      await waitUntil('the request to be counted', async () =>
        (await list()).sessions.some((session) => session.requests === 1),
      );
      const shown = (await list()).sessions.map(({ client_session, requests }) => [client_session, requests]);
      expect(shown).to.have.deep.members([
        ['first-session', 1],
        [null, 0],
      ]);
    } finally {
      await writeFile(wall, '');
    }
    for (const session of sessions) expect(await session).to.include({ code: 0 });
  });
});
