import { expect } from 'chai';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  addProfileEdit,
  editConfiguration,
  removeProfileEdit,
  type ConfigurationEdit,
  type ConfigurationSources,
} from '../../../src/config/index.ts';
import { isTrusted, recordTrust } from '../../../src/config/trust.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { makeWorkspace, profile, type Workspace } from '../support/workspace.ts';

const PORT: ConfigurationEdit = { op: 'set', path: ['proxy_port'], value: 8080 };
const KEY: ConfigurationEdit = { op: 'set', path: ['profiles', 'a', 'api_key'], value: 'sk-secret' };

describe('editing a configuration file', () => {
  let place: Workspace;
  let sources: ConfigurationSources;
  beforeEach(() => {
    place = makeWorkspace();
    const configFolder = join(place.root, 'global');
    sources = { workingFolder: place.project, environment: {}, configFolder, stateFolder: place.state };
  });
  afterEach(() => place.remove());
  const edit = (file: string, ...edits: ConfigurationEdit[]) =>
    editConfiguration(file, edits, { stateFolder: place.state, sources });

  it('makes the global file and its folder, for their owner only', async () => {
    const file = join(place.root, 'global', 'config.toml');
    expect(await edit(file, PORT)).to.include({ created: true, changed: true });
    expect(readFileSync(file, 'utf8')).to.equal('proxy_port = 8080\n');
    expect(modeOf(file)).to.equal(0o600);
    expect(modeOf(join(place.root, 'global'))).to.equal(0o700);
    expect(readdirSync(join(place.root, 'global'))).to.deep.equal(['config.toml']);
  });

  it('closes the global file to others, a project file only when it holds a secret', async () => {
    const global = place.write('global/config.toml', '');
    const project = place.write('project/claudex.toml', profile('a'));
    chmodSync(global, 0o644);
    chmodSync(project, 0o640);
    await edit(global, PORT);
    await edit(project, PORT);
    expect([modeOf(global), modeOf(project)]).to.deep.equal([0o600, 0o640]);
    await edit(project, KEY);
    expect(modeOf(project)).to.equal(0o600);
  });

  it('does not touch a file that says so already', async () => {
    const file = place.write('global/config.toml', 'proxy_port = 8080 # mine');
    const before = statSync(file);
    expect(await edit(file, PORT)).to.include({ changed: false });
    expect(statSync(file).ino).to.equal(before.ino);
  });

  it('refuses what would make the configuration wrong, with the reasons, and writes nothing', async () => {
    const text = `default_profile = "a"\n${profile('a')}`;
    const file = place.write('global/config.toml', text);
    const removed = await refusalOf(edit(file, removeProfileEdit('a')));
    expect(removed.exitCode).to.equal(2);
    expect(removed.message).to.contain('default_profile').and.to.contain('there is no profile "a"');
    const unknown = await refusalOf(edit(file, { op: 'set', path: ['proxy_prot'], value: 1 }));
    expect(unknown.message).to.contain('proxy_prot').and.to.contain('proxy_port');
    expect(readFileSync(file, 'utf8')).to.equal(text);
  });

  it('judges what an untrusted project file says of a profile by the profiles there would be', async () => {
    const file = place.write('global/config.toml', profile('a') + profile('b'));
    const project = place.write('project/claudex.toml', 'default_profile = "a"\n[router.rules]\ncode = "a"\n');
    await edit(file, removeProfileEdit('a'));
    expect(readFileSync(file, 'utf8')).to.equal(profile('b'));
    await edit(file, addProfileEdit({ name: 'a', provider: 'openai' }));
    await recordTrust(place.state, project);
    const { message } = await refusalOf(edit(file, removeProfileEdit('a')));
    expect(message).to.contain(`${project}:1:1: default_profile`).and.to.contain('router.rules.code');
  });

  it('gives a profile another name, by its key or as a whole', async () => {
    const file = place.write('global/config.toml', profile('a'));
    await edit(file, { op: 'set', path: ['profiles', 'a', 'name'], value: 'b' });
    expect(readFileSync(file, 'utf8')).to.equal(profile('b'));
    await edit(file, { op: 'set', path: ['profiles', 'b'], value: { name: 'c', provider: 'openai' } });
    expect(readFileSync(file, 'utf8')).to.equal('[[profiles]]\nname = "c"\nprovider = "openai"\n');
    await edit(file, { op: 'set', path: ['profiles', 'c'], value: { provider: 'demo' } });
    expect(readFileSync(file, 'utf8')).to.equal('[[profiles]]\nname = "c"\nprovider = "demo"\n');
  });

  it('does not write over a file that appears meanwhile', async () => {
    const file = join(place.root, 'global', 'config.toml');
    const edits = (): ConfigurationEdit[] => {
      place.write('global/config.toml', 'log_level = "warn"\n');
      return [PORT];
    };
    const edited = await editConfiguration(file, edits, { stateFolder: place.state, sources });
    expect(edited.created).to.equal(false);
    expect(readFileSync(file, 'utf8')).to.equal('log_level = "warn"\nproxy_port = 8080\n');
  });

  it('lets a file with several mistakes be mended one by one, but not get another', async () => {
    const file = place.write('global/config.toml', 'proxy_port = "x"\nretry = 3\n');
    await edit(file, PORT);
    expect(readFileSync(file, 'utf8')).to.equal('proxy_port = 8080\nretry = 3\n');
    const error = await refusalOf(edit(file, { op: 'set', path: ['log_level'], value: 'loud' }));
    expect(error.message).to.contain('log_level').and.to.not.contain('retry');
  });

  it('leaves a file alone that cannot be parsed', async () => {
    const file = place.write('global/config.toml', 'proxy_port = \n');
    expect(await refusalOf(edit(file, PORT))).to.include({ exitCode: 2, code: 'config-invalid' });
    expect(readFileSync(file, 'utf8')).to.equal('proxy_port = \n');
  });

  it('keeps the trust in a project file that had it or that it makes, and gives none to another', async () => {
    const made = join(place.project, 'claudex.toml');
    expect(await edit(made, PORT)).to.deep.include({ created: true, notes: [] });
    expect(await isTrusted(place.state, made)).to.equal(true);
    await edit(made, { op: 'set', path: ['proxy_port'], value: 1 });
    expect(await isTrusted(place.state, made)).to.equal(true);

    const cloned = place.write('project/claudex.toml', 'claude_binary = "/tmp/theirs"\n');
    const { notes } = await edit(cloned, PORT);
    expect(notes.join()).to.contain('claudex trust');
    expect(await isTrusted(place.state, cloned)).to.equal(false);
    await recordTrust(place.state, cloned);
    expect((await edit(cloned, { ...PORT, value: 2 })).notes).to.deep.equal([]);
    expect(await isTrusted(place.state, cloned)).to.equal(true);
  });

  it('edits a file behind a link at its target', async () => {
    const target = place.write('dotfiles/claudex.toml', 'proxy_port = 1\n');
    mkdirSync(join(place.root, 'global'));
    const link = join(place.root, 'global', 'config.toml');
    symlinkSync(target, link);
    await edit(link, PORT);
    expect(readFileSync(target, 'utf8')).to.equal('proxy_port = 8080\n');
    expect(readdirSync(join(place.root, 'dotfiles'))).to.deep.equal(['claudex.toml']);
  });

  it('refuses a link that leads nowhere', async () => {
    mkdirSync(join(place.root, 'global'));
    const link = join(place.root, 'global', 'config.toml');
    symlinkSync(join(place.root, 'nothing'), link);
    expect((await refusalOf(edit(link, PORT))).code).to.equal('config-link-broken');
  });

  it("refuses another user's file, and a folder of another user behind a link", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const theirs = place.write('theirs/claudex.toml', 'proxy_port = 1\n');
    mkdirSync(join(place.root, 'global'));
    const link = join(place.root, 'global', 'config.toml');
    symlinkSync(theirs, link);
    chownSync(join(place.root, 'theirs'), 12_345, 12_345);
    expect((await refusalOf(edit(link, PORT))).code).to.equal('config-is-foreign');
    chownSync(join(place.root, 'theirs'), 0, 0);
    chownSync(theirs, 12_345, 12_345);
    expect((await refusalOf(edit(link, PORT))).code).to.equal('config-is-foreign');
    expect(readFileSync(theirs, 'utf8')).to.equal('proxy_port = 1\n');
  });

  it('loses nothing when many edit at once', async () => {
    const file = join(place.root, 'global', 'config.toml');
    const names = Array.from({ length: 8 }, (_, at) => `alias${at}`);
    const edits = names.map((name) => edit(file, { op: 'set', path: ['model_aliases', name], value: name }));
    await Promise.all(edits);
    const { values } = await place.load();
    expect(Object.keys(values.model_aliases)).to.have.members(names);
  });
});

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}
