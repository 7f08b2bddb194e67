import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';

const KEPT = `# what I use
log_level = "warn" # quiet

# the second one
[[profiles]]
name = "second"
provider = "demo"
`;
const REMOVED = `
# the first one
[[profiles]]
name = "first"
provider = "demo"
`;

describe('claudex profile remove', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let session: TerminalSession | undefined;
  beforeEach(async () => (home = await isolatedHome({ CLAUDEX_KEYRING: 'file' })));
  afterEach(async () => {
    session?.kill();
    session = undefined;
    await home.close();
  });
  const written = (): string => readFileSync(home.configFile, 'utf8');
  const remove = (...flags: string[]) => runCli(home, ['profile', 'remove', 'first', ...flags]);
  const secrets = (): string[] => {
    const folder = join(home.home, '.local', 'share', 'claudex', 'state', 'secrets');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('takes the profile out of its file and keeps every comment of what stays', async () => {
    await home.writeConfig(KEPT + REMOVED);
    const removed = await remove('--yes', '--json');
    expect(removed, removed.stderr).to.include({ code: 0 });
    expect(JSON.parse(removed.stdout)).to.deep.equal({
      removed: 'first',
      files: [home.configFile],
      references: [],
      deleted_keys: [],
    });
    expect(written().trimEnd()).to.equal(KEPT.trimEnd());
  });

  it('does not ask without a terminal: exit code 3, and nothing has changed', async () => {
    await home.writeConfig(KEPT + REMOVED);
    const { code, stdout, stderr } = await remove();
    expect({ code, stdout }).to.deep.equal({ code: 3, stdout: '' });
    expect(stderr).to.contain('--yes');
    expect(written()).to.equal(KEPT + REMOVED);
  });

  it('says which settings name the profile, and changes them so that the configuration stays right', async () => {
    const naming = 'default_profile = "first"\n';
    const rules = '[router]\nrules = { code = "first", search = "second" }\n';
    await home.writeConfig(naming + KEPT.replace('"demo"', '"demo"\nbackup_providers = ["first"]') + REMOVED + rules);
    const removed = await remove('--yes');
    expect(removed, removed.stderr).to.include({ code: 0 });
    for (const setting of ['default_profile', 'router.rules.code', 'profiles.second.backup_providers']) {
      expect(removed.stderr).to.contain(setting);
    }
    expect(written()).to.contain('search = "second"').and.contain('# quiet').and.not.contain('first"');
    expect(await runCli(home, ['config', 'validate'])).to.include({ code: 0 });
  });

  it('changes all files that have something of it, the project included', async () => {
    await home.writeConfig(KEPT + REMOVED);
    const project = join(home.work, 'claudex.toml');
    writeFileSync(project, 'default_profile = "first"\n[[profiles]]\nname = "first"\npriority = 5\n');
    await runCli(home, ['trust', '--yes']);
    const removed = await remove('--yes', '--json');
    expect(removed, removed.stderr).to.include({ code: 0 });
    expect(JSON.parse(removed.stdout)).to.have.deep.property('files', [home.configFile, project]);
    expect(written() + readFileSync(project, 'utf8')).to.not.contain('"first"');
    expect(await runCli(home, ['config', 'validate'])).to.include({ code: 0 });
  });

  it('leaves a project file alone that is not trusted', async () => {
    await home.writeConfig(KEPT + REMOVED);
    const project = join(home.work, 'claudex.toml');
    const stranger = 'default_profile = "first"\nno_such_key = 1\n';
    writeFileSync(project, stranger);
    const removed = await remove('--yes');
    expect(removed, removed.stderr).to.include({ code: 0 });
    expect(readFileSync(project, 'utf8')).to.equal(stranger);
    expect(written()).to.not.contain('"first"');
  });

  it('does not go on when the environment names it: exit code 1', async () => {
    await home.writeConfig(KEPT + REMOVED);
    const environment = { CLAUDEX_DEFAULT_PROFILE: 'first' };
    const { code, stderr } = await runCli(home, ['profile', 'remove', 'first', '--yes'], { environment });
    expect(code).to.equal(1);
    expect(stderr).to.contain('default_profile').and.contain('CLAUDEX_');
    expect(written()).to.equal(KEPT + REMOVED);
  });

  it('forgets its key, unless another profile uses it', async () => {
    const add = (name: string) =>
      runCli(
        home,
        [
          'profile',
          'add',
          name,
          '--base-url',
          'http://127.0.0.1:9',
          '--model',
          'm',
          '--no-test',
          '--api-key-stdin',
          '--keyring',
        ],
        { input: 'secret-key' },
      );
    await add('first');
    await add('other');
    await runCli(home, ['config', 'set', 'profiles.other.api_key_keyring', 'first-api-key']);
    expect(secrets()).to.have.length(2);
    expect(await remove('--yes')).to.include({ code: 0 });
    expect(secrets()).to.have.length(2);
    const last = await runCli(home, ['profile', 'remove', 'other', '--yes', '--json']);
    expect(JSON.parse(last.stdout)).to.have.deep.property('deleted_keys', ['first-api-key']);
    expect(secrets()).to.have.length(1);
  });

  it('asks on a terminal about the key, too', async () => {
    const flags = ['--provider', 'openai', '--no-test', '--api-key-stdin', '--keyring'];
    await runCli(home, ['profile', 'add', 'first', ...flags], { input: 'secret-key' });
    session = startInTerminal(home, ['profile', 'remove', 'first']);
    await session.sees('Remove profile "first"?');
    session.press('y\r');
    await session.sees('Delete the key "first-api-key" from the keyring?');
    session.press('n\r');
    expect(await session.exitCode()).to.equal(0);
    expect(written()).to.not.contain('"first"');
    expect(secrets()).to.have.length(1);
  });

  it('knows no profile of another name: exit code 1', async () => {
    await home.writeConfig(KEPT);
    const { code, stderr } = await remove('--yes');
    expect(code).to.equal(1);
    expect(stderr).to.contain('Known profiles: second');
  });

  for (const [answer, keys, code] of [
    ['yes', 'y\r', 0],
    ['no', 'n\r', 1],
    ['Enter', '\r', 1],
    ['Ctrl-C', '\u{3}', 1],
  ] as const) {
    it(`asks on a terminal, and takes ${answer} for ${code === 0 ? 'yes' : 'no'}`, async () => {
      await home.writeConfig(KEPT + REMOVED);
      session = startInTerminal(home, ['profile', 'remove', 'first']);
      await session.sees('Remove profile "first"?');
      session.press(keys);
      expect(await session.exitCode()).to.equal(code);
      expect(written().includes('"first"')).to.equal(code !== 0);
    });
  }
});
