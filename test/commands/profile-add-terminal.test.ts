import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import type { ChatRequest } from '../support/scripted-chat-upstream.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';
import { startKeyedUpstream } from '../wizard/support/keyed-upstream.ts';

const KEY = 'key-of-the-wizard-4711';
const DOWN = '\u{1b}[B';
const ENTER = '\r';
const CTRL_C = '\u{3}';

describe('claudex profile add, on a terminal', function () {
  this.timeout(120_000);
  let home: IsolatedHome;
  let upstream: RecordingServer<ChatRequest>;
  let session: TerminalSession | undefined;
  beforeEach(async () => {
    home = await isolatedHome({ CLAUDEX_KEYRING: 'file' });
    upstream = await startKeyedUpstream(KEY);
  });
  afterEach(async () => {
    session?.kill();
    session = undefined;
    await upstream.close();
    await home.close();
  });

  const written = (): string => (existsSync(home.configFile) ? readFileSync(home.configFile, 'utf8') : '');
  const secrets = (): string[] => {
    const folder = join(home.home, '.local', 'share', 'claudex', 'state', 'secrets');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  /** Answers questions one after the other: waits for the words, then sends the keys. */
  const answer = async (terminal: TerminalSession, ...steps: (readonly [words: string, keys: string])[]) => {
    for (const [words, keys] of steps) {
      await terminal.sees(words);
      // Enter counts for a list only once it shows what was typed before.
      if (/^[\w-]+$/.test(keys)) await terminal.type(keys);
      else terminal.press(keys);
    }
  };
  const profile = (name: string): unknown => {
    const { profiles } = parse(written()) as unknown as { profiles: readonly { name: string }[] };
    return profiles.find((found) => found.name === name);
  };

  for (const columns of [60, 120]) {
    it(`asks for everything about a server of one's own, ${columns} columns wide`, async () => {
      session = startInTerminal(home, ['profile', 'add'], {}, columns);
      await session.sees('Provider');
      await session.type('own url');
      await session.sees('Address (base URL)');
      await session.type(`${upstream.url}/v1`);
      await answer(session, ['Protocol', ENTER]);
      await session.sees('Name of the profile');
      await session.type('acme');
      await answer(
        session,
        ['Paste it, kept in a private file', ENTER],
        ['Paste the key', `${KEY}${ENTER}`],
        ['It works, in', ''],
        ['Default model', 'large'],
        ["Claude Code's haiku, sonnet and opus", ENTER],
        ['Save it?', ENTER],
        ['claudex run acme', ''],
      );
      expect(await session.exitCode()).to.equal(0);
      expect(session.screen()).to.not.contain(KEY);
      if (columns === 120) expect(session.screen()).to.contain('1M context').and.contain('$2.5 in, $15 out');
      expect(written()).to.contain('api_key_keyring = "acme-api-key"').and.to.not.contain(KEY);
      expect(await runCli(home, ['profile', 'test', 'acme'])).to.include({ code: 0 });
      expect(upstream.requests.at(-1)?.headers.authorization).to.equal(`Bearer ${KEY}`);
    });
  }

  it('finds a provider by what is typed, and asks for no key where none is needed', async () => {
    session = startInTerminal(home, ['profile', 'add']);
    await session.sees('Provider');
    await session.type('scripted');
    await answer(
      session,
      ['Name of the profile', ENTER],
      ['It works', ''],
      ['Default model', ENTER],
      ["Claude Code's haiku, sonnet and opus", ENTER],
      ['Save it?', ENTER],
    );
    expect(await session.exitCode()).to.equal(0);
    expect(profile('demo-2')).to.deep.equal({ name: 'demo-2', provider: 'demo' });
  });

  it('offers a variable that is exported, other profiles as backups, and each slot', async () => {
    await runCli(home, ['profile', 'add', 'first', '--provider', 'demo', '--no-test']);
    const flags = ['--provider', 'openai', '--base-url', `${upstream.url}/v1`, '--provider-type', 'OpenAICompatible'];
    session = startInTerminal(home, ['profile', 'add', 'work', ...flags], { OPENAI_API_KEY: KEY });
    await answer(
      session,
      ['Use OPENAI_API_KEY, which is set', ENTER],
      ['Default model', 'acme-large'],
      ["Claude Code's haiku, sonnet and opus", `${DOWN}${DOWN}${ENTER}`],
      ['Model for haiku', 'small'],
      ['Model for sonnet', 'acme-large'],
      ['Model for opus', 'my-own'],
      ['Profiles to fail over to', ` ${ENTER}`],
      ['Save it?', ENTER],
    );
    expect(await session.exitCode()).to.equal(0);
    expect(profile('work')).to.deep.equal({
      name: 'work',
      provider: 'openai',
      provider_type: 'OpenAICompatible',
      base_url: `${upstream.url}/v1`,
      api_key_env: 'OPENAI_API_KEY',
      default_model: 'acme-large',
      models: { haiku: 'acme-small', sonnet: 'acme-large', opus: 'my-own' },
      backup_providers: ['first'],
    });
    expect(session.screen()).to.not.contain(KEY);
  });

  it('lets a refused key be entered again', async () => {
    session = startInTerminal(home, own(upstream));
    await answer(
      session,
      ['Paste it, kept in a private file', ENTER],
      ['Paste the key', `another-key${ENTER}`],
      ['the key was refused', ''],
      ['Enter another key', ENTER],
    );
    await session.sees('What now?');
    await session.type('');
    await answer(
      session,
      ['Paste the key', `${KEY}${ENTER}`],
      ['It works', ''],
      ["Claude Code's", ENTER],
      ['Save it?', ENTER],
    );
    expect(await session.exitCode()).to.equal(0);
    expect(session.screen()).to.not.contain(KEY).and.to.not.contain('another-key');
    expect(await runCli(home, ['profile', 'test', 'acme'])).to.include({ code: 0 });
  });

  it('stores a key in clear text when that is wanted, without showing it, and says so', async () => {
    session = startInTerminal(home, own(upstream, '--json'));
    await answer(
      session,
      ['Paste it, kept in the configuration file', `${DOWN}${ENTER}`],
      ['Paste the key', `${KEY}${ENTER}`],
      ["Claude Code's", ENTER],
      ['Save it?', ENTER],
      ['clear text', ''],
      ['"api_key": "********"', ''],
    );
    expect(await session.exitCode()).to.equal(0);
    expect(session.screen()).to.not.contain(KEY);
    expect(written()).to.contain(`api_key = "${KEY}"`);
  });

  it('asks for the key with --keyring, and does not show it', async () => {
    session = startInTerminal(home, own(upstream, '--keyring'));
    await answer(session, ['Paste the key', `${KEY}${ENTER}`], ["Claude Code's", ENTER], ['Save it?', ENTER]);
    expect(await session.exitCode()).to.equal(0);
    expect(session.screen()).to.not.contain(KEY);
    expect(secrets()).to.have.length(1);
  });

  for (const [when, steps] of [
    ['at the first question', [['API key', CTRL_C]]],
    [
      'while the key is pasted',
      [
        ['API key', ENTER],
        ['Paste the key', `${KEY}${CTRL_C}`],
      ],
    ],
    [
      'at the last question',
      [
        ['API key', ENTER],
        ['Paste the key', `${KEY}${ENTER}`],
        ["Claude Code's", ENTER],
        ['Save it?', CTRL_C],
      ],
    ],
    [
      'with a no at the end',
      [
        ['API key', ENTER],
        ['Paste the key', `${KEY}${ENTER}`],
        ["Claude Code's", ENTER],
        ['Save it?', `n${ENTER}`],
      ],
    ],
    [
      'after a refused key',
      [
        ['API key', ENTER],
        ['Paste the key', `another-key${ENTER}`],
        ['What now?', CTRL_C],
      ],
    ],
  ] as const) {
    it(`leaves nothing behind when it is stopped ${when}: exit code 1`, async () => {
      await runCli(home, ['profile', 'list']);
      const before = written();
      session = startInTerminal(home, own(upstream));
      await answer(session, ...steps, ['saved', '']);
      expect(await session.exitCode()).to.equal(1);
      expect(written()).to.equal(before);
      expect(secrets()).to.deep.equal([]);
      expect(session.screen()).to.not.contain(KEY);
    });
  }
});

/** Everything but the key. */
function own(upstream: RecordingServer<ChatRequest>, ...more: string[]): string[] {
  const flags = ['--base-url', `${upstream.url}/v1`, '--provider-type', 'OpenAICompatible', '--model', 'acme-large'];
  return ['profile', 'add', 'acme', ...flags, ...more];
}
