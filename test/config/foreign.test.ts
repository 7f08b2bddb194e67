import { expect } from 'chai';
import { chmodSync, chownSync, lchownSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { editConfiguration } from '../../src/config/index.ts';
import { targetOf } from '../../src/config/edit/write-file.ts';
import { recordTrust } from '../../src/config/trust.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

const STRANGER = 12_345;
const SETTING = 'log_level = "warn"\n';

describe('a configuration that somebody else may write', () => {
  let workspace: Workspace;
  beforeEach(function () {
    if (process.getuid === undefined) this.skip();
    workspace = makeWorkspace();
  });
  afterEach(() => workspace?.remove());

  const edit = (file: string) =>
    refusalOf(
      editConfiguration(file, [{ op: 'set', path: ['log_level'], value: 'debug' }], { stateFolder: workspace.state }),
    );

  /** A user other than root cannot give files away, so only root can play both parts. */
  const asRoot = (context: Mocha.Context): void => {
    if (process.getuid?.() !== 0) context.skip();
  };

  async function expectRefused(file: string, words: string): Promise<void> {
    const read = await workspace.refusal();
    expect(read).to.include({ code: 'config-invalid', exitCode: 2 });
    expect(read.message).to.contain(`${file}: ${words}`).and.to.contain('not obeyed');
    const named = await workspace.refusal({ configFile: file });
    expect(named.message).to.contain(words);
    const written = await edit(file);
    expect(written).to.include({ code: 'config-is-foreign', exitCode: 1 });
    expect(written.message).to.equal(`${file} ${words}`);
    expect(readFileSync(file, 'utf8')).to.equal(SETTING);
  }

  it('is refused in a folder where every user may write, but not in one like /tmp', async () => {
    const file = workspace.write('global/config.toml', SETTING);
    const folder = join(workspace.root, 'global');
    chmodSync(folder, 0o777);
    await expectRefused(file, `is in ${folder}, where every user may write`);
    chmodSync(folder, 0o1777);
    expect((await workspace.load()).values.log_level).to.equal('warn');
  });

  it('is refused when the file or its folder belongs to another user', async function () {
    asRoot(this);
    const file = workspace.write('global/config.toml', SETTING);
    chownSync(file, STRANGER, STRANGER);
    await expectRefused(file, 'belongs to another user');
    chownSync(file, 0, 0);
    chownSync(join(workspace.root, 'global'), STRANGER, STRANGER);
    await expectRefused(file, `is in ${join(workspace.root, 'global')}, which belongs to another user`);
  });

  it('is refused behind a link, when the file or its folder is not the own', async function () {
    asRoot(this);
    const target = workspace.write('theirs/claudex.toml', SETTING);
    mkdirSync(join(workspace.root, 'global'));
    const link = join(workspace.root, 'global', 'config.toml');
    symlinkSync(target, link);
    expect((await workspace.load()).values.log_level).to.equal('warn');
    chownSync(target, STRANGER, STRANGER);
    await expectRefused(link, `is a link to ${target}, which belongs to another user`);
    chownSync(target, 0, 0);
    chmodSync(join(workspace.root, 'theirs'), 0o777);
    await expectRefused(link, `is in ${join(workspace.root, 'theirs')}, where every user may write`);
  });

  it('is read behind a link when it is of root, and not written there', async function () {
    asRoot(this);
    const target = workspace.write('real.toml', SETTING);
    mkdirSync(join(workspace.root, 'global'));
    const link = join(workspace.root, 'global', 'config.toml');
    symlinkSync(target, link);
    for (const own of [link, join(workspace.root, 'global')]) lchownSync(own, STRANGER, STRANGER);
    chmodSync(workspace.root, 0o755);
    const getuid = process.getuid;
    process.getuid = () => STRANGER;
    try {
      expect((await workspace.load()).values.log_level).to.equal('warn');
      const refused = await targetOf(link).catch((error: unknown) => error);
      expect(refused)
        .to.have.property('message')
        .that.contains(`is a link to ${target}, which belongs to another user`);
    } finally {
      if (getuid !== undefined) process.getuid = getuid;
    }
  });

  it('does not count in a project until it is trusted, and stops nothing', async () => {
    const file = workspace.write('project/claudex.toml', `${SETTING}proxy_port = 5\n`);
    chmodSync(workspace.project, 0o777);
    const { values, warnings } = await workspace.load();
    expect(values).to.include({ log_level: 'info', proxy_port: 13_456 });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain(
      `${file} is in ${workspace.project}, where every user may write, so it is not obeyed`,
    );
    await recordTrust(workspace.state, file);
    expect((await workspace.load()).values).to.include({ log_level: 'warn', proxy_port: 5 });
  });
});
