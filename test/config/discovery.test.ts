import { expect } from 'chai';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFile } from '../../src/config/index.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

describe('finding configuration files', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  for (const name of [
    'claudex.toml',
    'claudex.yaml',
    'claudex.yml',
    '.claudex/config.toml',
    '.claudex/config.yaml',
    '.claudex/config.yml',
  ]) {
    it(`finds ${name}`, async () => {
      const file = workspace.write(`project/${name}`, '');
      expect(await findProjectFile(workspace.project)).to.equal(file);
    });
  }

  it('prefers claudex.* to .claudex/config.* and TOML to YAML', async () => {
    const names = ['claudex.toml', 'claudex.yaml', 'claudex.yml', '.claudex/config.toml', '.claudex/config.yaml'];
    for (const name of names.toReversed()) {
      const file = workspace.write(`project/${name}`, '');
      expect(await findProjectFile(workspace.project)).to.equal(file);
    }
  });

  it('prefers the nearer folder', async () => {
    workspace.write('project/claudex.toml', '');
    const near = workspace.write('project/a/.claudex/config.yml', '');
    expect(await findProjectFile(join(workspace.project, 'a'))).to.equal(near);
  });

  it('looks into ten parents and not into an eleventh', async () => {
    const file = workspace.write('project/claudex.toml', '');
    const ten = join(workspace.project, ...'a b c d e f g h i j'.split(' '));
    mkdirSync(join(ten, 'k'), { recursive: true });
    expect(await findProjectFile(ten)).to.equal(file);
    expect(await findProjectFile(join(ten, 'k'))).to.equal(undefined);
  });

  it('takes a dangling link for no file', async () => {
    symlinkSync(join(workspace.root, 'nowhere'), join(workspace.project, 'claudex.toml'));
    expect(await findProjectFile(workspace.project)).to.equal(undefined);
  });

  it('reads the first of config.toml, config.yaml and config.yml as the global file', async () => {
    for (const [name, text] of [
      ['yml', 'proxy_port: 3'],
      ['yaml', 'proxy_port: 2'],
      ['toml', 'proxy_port = 1'],
    ] as const) {
      const file = workspace.write(`global/config.${name}`, text);
      const { values, sourceFile } = await workspace.load();
      expect(values.proxy_port).to.equal({ yml: 3, yaml: 2, toml: 1 }[name]);
      expect(sourceFile).to.equal(file);
    }
  });

  it('works without any file', async () => {
    const loaded = await workspace.load();
    expect(loaded.layers.map(({ origin }) => origin)).to.deep.equal(['defaults', 'environment']);
    expect(loaded).to.not.have.property('sourceFile');
    expect(loaded.warnings).to.deep.equal([]);
  });

  it('leaves the project out when told to', async () => {
    workspace.write('project/claudex.toml', 'log_level = "trace"');
    expect((await workspace.load({ withoutProject: true })).values.log_level).to.equal('info');
  });

  it('reads only defaults, the named file and the environment with --config', async () => {
    workspace.write('global/config.toml', 'proxy_port = 1000\nproxy_max_streams = 1');
    workspace.write('project/claudex.toml', 'log_level = "trace"');
    const file = workspace.write('elsewhere/own.toml', 'proxy_port = 2000\nclaude_binary = "own"');
    const environment = { CLAUDEX_PROXY_MAX_BODY_MB: '5', CLAUDEX_CONFIG: '/nowhere' };
    const { values, layers, sourceFile, warnings } = await workspace.load({
      configFile: '../elsewhere/own.toml',
      environment,
    });
    expect(values).to.include({
      proxy_port: 2000,
      claude_binary: 'own',
      proxy_max_streams: 1024,
      log_level: 'info',
      proxy_max_body_mb: 5,
    });
    expect(layers.map(({ origin }) => origin)).to.deep.equal(['defaults', 'file', 'environment']);
    expect(sourceFile).to.equal(file);
    expect(warnings).to.deep.equal([]);
  });

  it('puts the file of $CLAUDEX_CONFIG in the place of the project file and trusts it', async () => {
    workspace.write('global/config.toml', 'proxy_port = 1000\nproxy_max_streams = 1');
    workspace.write('project/claudex.toml', 'log_level = "trace"');
    const file = workspace.write('own.yaml', 'proxy_port: 2000');
    const { values, layers, sourceFile } = await workspace.load({ environment: { CLAUDEX_CONFIG: file } });
    expect(values).to.include({ proxy_port: 2000, proxy_max_streams: 1, log_level: 'info' });
    expect(layers.map(({ origin, file: path }) => [origin, path])).to.deep.equal([
      ['defaults', undefined],
      ['global', join(workspace.root, 'global/config.toml')],
      ['file', file],
      ['environment', undefined],
    ]);
    expect(sourceFile).to.equal(file);
  });

  it('takes an empty $CLAUDEX_CONFIG for none', async () => {
    workspace.write('project/claudex.toml', 'log_level = "trace"');
    expect((await workspace.load({ environment: { CLAUDEX_CONFIG: '' } })).values.log_level).to.equal('trace');
  });

  it('refuses an empty --config with exit code 2', async () => {
    expect(await workspace.refusal({ configFile: '' })).to.include({ exitCode: 2, message: '--config names no file' });
  });

  it('does not take a configuration folder that cannot be looked into for an empty one', async () => {
    const configFolder = workspace.write('not-a-folder', '');
    const error = await workspace.refusal({ configFolder });
    expect(error).to.include({ exitCode: 2, code: 'config-unreadable' });
    expect(error.message).to.contain(join(configFolder, 'config.toml'));
    expect(error.remedy).to.contain(configFolder);
  });

  it('takes what is no folder above a project for nothing', async () => {
    const below = join(workspace.write('project/file', ''), 'sub');
    workspace.write('project/claudex.toml', 'log_level = "warn"');
    expect(await findProjectFile(below)).to.equal(join(workspace.project, 'claudex.toml'));
  });

  it('resolves a relative claude_binary where it is written, and leaves names and home folders alone', async () => {
    const binaryOf = async (environment = {}) => (await workspace.load({ environment })).values.claude_binary;
    for (const [written, expected] of [
      ['./bin/claude', join(workspace.root, 'global/bin/claude')],
      ['../claude', join(workspace.root, 'claude')],
      ['/bin/claude', '/bin/claude'],
      ['~/bin/claude', '~/bin/claude'],
      ['claude', 'claude'],
    ]) {
      workspace.write('global/config.toml', `claude_binary = "${written}"`);
      expect(await binaryOf()).to.equal(expected);
    }
    expect(await binaryOf({ CLAUDEX_CLAUDE_BINARY: './bin/claude' })).to.equal(join(workspace.project, 'bin/claude'));
    const configFile = workspace.write('own/own.toml', 'claude_binary = "bin/claude"');
    expect((await workspace.load({ configFile })).values.claude_binary).to.equal(
      join(workspace.root, 'own/bin/claude'),
    );
  });

  it('refuses a missing --config or $CLAUDEX_CONFIG file with exit code 2', async () => {
    const attempts = [{ configFile: 'gone.toml' }, { environment: { CLAUDEX_CONFIG: 'gone.toml' } }];
    for (const [index, attempt] of attempts.entries()) {
      const error = await workspace.refusal(attempt);
      expect(error).to.include({ exitCode: 2, code: 'config-not-found' });
      expect(error.message).to.contain(join(workspace.project, 'gone.toml'));
      expect(error.message).to.contain(['--config', '$CLAUDEX_CONFIG'][index]);
    }
  });
});
