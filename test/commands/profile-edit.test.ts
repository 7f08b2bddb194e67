import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import type { ChatRequest } from '../support/scripted-chat-upstream.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';
import { startKeyedUpstream } from '../wizard/support/keyed-upstream.ts';

const KEY = 'key-of-the-wizard-4711';
const UP = '\u{1b}[A';
const DOWN = '\u{1b}[B';
const ENTER = '\r';

describe('claudex profile edit', function () {
  this.timeout(60_000);
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

  const text = (more = ''): string => `# my providers
[[profiles]]
name = "acme" # the best
provider_type = "OpenAICompatible"
base_url = "${upstream.url}/v1"
api_key = "${KEY}"
default_model = "acme-large" # large enough
custom_headers = { X-Title = "hello" }
${more}`;
  const written = (): string => readFileSync(home.configFile, 'utf8');
  const edit = (...flags: string[]) => runCli(home, ['profile', 'edit', 'acme', ...flags]);
  const secrets = (): string[] => {
    const folder = join(home.home, '.local', 'share', 'claudex', 'state', 'secrets');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('changes the keys that the flags name, and no other byte', async () => {
    await home.writeConfig(text());
    const edited = await edit('--model', 'acme-small', '--json');
    expect(edited, edited.stderr).to.include({ code: 0 });
    expect(written()).to.equal(text().replace('"acme-large" #', '"acme-small" #'));
    expect(JSON.parse(edited.stdout)).to.deep.include({ changed: ['default_model'], files: [home.configFile] });
    expect(JSON.parse(edited.stdout)).to.have.nested.property('profile.api_key', '********');
    expect(edited.stdout + edited.stderr).to.not.contain(KEY);
  });

  it('tests before it saves, with everything else that the profile says: exit code 1', async () => {
    await home.writeConfig(text());
    const refused = await runCli(home, ['profile', 'edit', 'acme', '--api-key-stdin'], { input: 'another-key' });
    expect(refused).to.include({ code: 1, stdout: '' });
    expect(refused.stderr).to.contain('the key was refused').and.to.not.contain('another-key');
    expect(written()).to.equal(text());
    expect(upstream.requests.at(-1)?.headers['x-title']).to.equal('hello');
  });

  it('moves a key out of the file into the keyring', async () => {
    await home.writeConfig(text());
    const edited = await edit('--keyring');
    expect(edited, edited.stderr).to.include({ code: 0 });
    expect(written()).to.contain('api_key_keyring = "acme-api-key"').and.to.not.contain(KEY);
    expect(written()).to.contain('# my providers').and.contain('# large enough');
    expect(await runCli(home, ['profile', 'test', 'acme'])).to.include({ code: 0 });
  });

  it('replaces a key in the keyring under the same entry', async () => {
    await home.writeConfig(text().replace(`api_key = "${KEY}"`, 'api_key_keyring = "acme-api-key"'));
    const before = written();
    const flags = ['profile', 'edit', 'acme', '--api-key-stdin', '--keyring'];
    const edited = await runCli(home, flags, { input: KEY });
    expect(edited, edited.stderr).to.include({ code: 0 });
    expect(edited.stdout).to.equal('The key of profile "acme" is replaced: "acme-api-key" in the keyring.\n');
    expect(written()).to.equal(before);
    expect(secrets()).to.have.length(1);
    const refused = await runCli(home, flags, { input: 'another-key' });
    expect(refused).to.include({ code: 1 });
    expect(await runCli(home, ['profile', 'test', 'acme'])).to.include({ code: 0 });
  });

  it('leaves no key behind in the keyring that nobody uses any more, once that is wanted', async () => {
    await home.writeConfig(text());
    await edit('--keyring');
    const away = ['--api-key-env', 'ACME_KEY', '--no-test'];
    const kept = await edit(...away);
    expect(kept, kept.stderr).to.include({ code: 0 });
    expect(kept.stderr).to.contain('"acme-api-key" is still in the keyring');
    expect(secrets()).to.have.length(1);
    await edit('--keyring', '--api-key-stdin', '--no-test');
    await runCli(home, ['config', 'set', 'profiles.acme.api_key_keyring', 'acme-api-key']);
    await runCli(home, ['config', 'unset', 'profiles.acme.api_key_env']);
    const deleted = await edit(...away, '--yes', '--json');
    expect(JSON.parse(deleted.stdout)).to.deep.include({
      unused_keys: ['acme-api-key'],
      deleted_keys: ['acme-api-key'],
    });
    expect(secrets()).to.deep.equal([]);
  });

  it('keeps a key in the keyring that another profile uses', async () => {
    await home.writeConfig(text());
    await edit('--keyring');
    const other = '[[profiles]]\nname = "b"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n';
    writeFileSync(home.configFile, `${written()}\n${other}api_key_keyring = "acme-api-key"\n`);
    const edited = await edit('--api-key-env', 'ACME_KEY', '--no-test', '--yes', '--json');
    expect(JSON.parse(edited.stdout)).to.deep.include({ unused_keys: [], deleted_keys: [] });
    expect(secrets()).to.have.length(1);
  });

  it('changes each key in the file where it counts, and keeps the project trusted', async () => {
    await home.writeConfig(text());
    const project = join(home.work, 'claudex.toml');
    writeFileSync(project, '[[profiles]]\nname = "acme"\ndefault_model = "acme-small" # here\n');
    await runCli(home, ['trust', '--yes']);
    const edited = await edit('--model', 'acme-other', '--opus', 'acme-large', '--json');
    expect(edited, edited.stderr).to.include({ code: 0 });
    expect(readFileSync(project, 'utf8')).to.contain('default_model = "acme-other" # here');
    expect(written()).to.contain('default_model = "acme-large" # large enough').and.contain('opus = "acme-large"');
    const shown = await runCli(home, ['profile', 'show', 'acme', '--json']);
    expect(JSON.parse(shown.stdout)).to.include({ default_model: 'acme-other' });
    expect(shown.stderr).to.not.contain('trust');
  });

  it('does not send the key of one provider to another: exit code 1', async () => {
    await home.writeConfig(text());
    const moved = await edit('--provider', 'openai');
    expect(moved).to.include({ code: 1, stdout: '' });
    expect(moved.stderr).to.contain('one for another provider');
    expect(written()).to.equal(text());
    const given = await edit('--provider', 'openai', '--api-key-env', 'OPENAI_API_KEY', '--no-test');
    expect(given, given.stderr).to.include({ code: 0 });
    expect(written()).to.contain('provider = "openai"').and.to.not.contain('base_url').and.to.not.contain(KEY);
  });

  it('does nothing, and says so, when all is so already', async () => {
    await home.writeConfig(text());
    const edited = await edit('--model', 'acme-large');
    expect(edited).to.include({ code: 0, stdout: 'Profile "acme" is as it was.\n' });
    expect(upstream.requests).to.have.length(0);
  });

  it('changes a profile with the login of claude by flags and without a test', async () => {
    await home.writeConfig('[[profiles]]\nname = "max"\noauth_provider = "claude"\n');
    const edited = await runCli(home, ['profile', 'edit', 'max', '--opus', 'claude-opus']);
    expect(edited, edited.stderr).to.include({ code: 0, stderr: '' });
    expect(written()).to.contain('oauth_provider = "claude"').and.to.contain('opus = "claude-opus"');
    const asked = await runCli(home, ['profile', 'edit', 'max']);
    expect(asked).to.include({ code: 1, stdout: '' });
    expect(asked.stderr).to.contain('the login of claude itself').and.to.contain('--model');
  });

  it('cannot guess what to change: exit code 2; knows no profile of another name: exit code 1', async () => {
    await home.writeConfig(text());
    const [nothing, unknown] = await Promise.all([edit(), runCli(home, ['profile', 'edit', 'amce', '--model', 'm'])]);
    expect(nothing).to.include({ code: 2, stdout: '' });
    expect(nothing.stderr).to.contain('--model');
    expect(unknown).to.include({ code: 1, stdout: '' });
    expect(unknown.stderr).to.contain('Known profiles: acme');
  });

  it('asks on a terminal what to change, part by part', async () => {
    await home.writeConfig(text('[[profiles]]\nname = "second"\nprovider = "demo"\n'));
    session = startInTerminal(home, ['profile', 'edit', 'acme']);
    await session.sees('Change what of "acme"?');
    session.press(`${DOWN}${DOWN}${ENTER}`);
    await session.sees('Default model');
    await session.sees('acme-small');
    await session.type('small');
    await session.sees('Default model: acme-small');
    session.press(`${UP}${ENTER}`);
    await session.sees('second');
    session.press(` ${ENTER}`);
    await session.sees('Profiles to fail over to: second');
    session.press(ENTER);
    expect(await session.exitCode()).to.equal(0);
    expect(written()).to.contain('default_model = "acme-small" # large enough');
    expect(written()).to.contain('backup_providers = ["second"]').and.contain('X-Title');
    expect(session.screen()).to.not.contain(KEY);
  });
});
