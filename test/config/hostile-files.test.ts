import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordTrust } from '../../src/config/index.ts';
import { runProcess } from '../support/run-process.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

const ROOM = new URL('../../src/config/index.ts', import.meta.url).href;
const PLACES = ['.config/config', 'claudex.config', '.claudexrc', '.config/claudexrc', '.claudex/config', 'claudex'];
const PRINT_VALUES = `
  const { loadConfiguration } = await import(${JSON.stringify(ROOM)});
  const folders = { workingFolder: process.cwd(), configFolder: '/nowhere', stateFolder: '/nowhere' };
  const { values } = await loadConfiguration({ ...folders, environment: {} });
  console.log(values.log_level, values.proxy_port);`;

describe('files that mean harm', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  const PACKAGE = '{"cosmiconfig": {"searchPlaces": ["claudex.config.js"]}, "claudex": {"proxy_port": 1}}';
  for (const [where, packageFile] of [
    ['in any folder', undefined],
    ['in a folder with a package.json', PACKAGE],
  ] as const) {
    it(`are never run, wherever a configuration library might look for programs, ${where}`, async () => {
      const marker = join(workspace.root, 'ran');
      const program = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');\nmodule.exports = {};\n`;
      for (const extension of ['js', 'cjs', 'ts']) {
        for (const name of PLACES) workspace.write(`project/${name}.${extension}`, program);
      }
      if (packageFile !== undefined) workspace.write('project/package.json', packageFile);
      workspace.write('project/.claudexrc', 'proxy_port: 1');
      workspace.write('project/claudex.toml', 'log_level = "warn"');
      const options = { cwd: workspace.project, environment: {} };
      const result = await runProcess(process.execPath, ['--input-type=module', '-e', PRINT_VALUES], options);
      expect(result).to.deep.include({ code: 0, stdout: 'warn 13456\n' });
      expect(existsSync(marker)).to.equal(false);
    });
  }

  for (const extension of ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts']) {
    it(`are refused when a user names a .${extension} file`, async () => {
      const marker = join(workspace.root, 'ran');
      const file = workspace.write(
        `own.${extension}`,
        `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '');`,
      );
      const error = await workspace.refusal({ configFile: file });
      expect(error.exitCode).to.equal(2);
      expect(error.message).to.contain('never runs configuration');
      expect(readdirSync(workspace.root)).to.not.include('ran');
    });
  }

  it('cannot draw in other files', async () => {
    const other = workspace.write('project/other.toml', 'proxy_port = 1');
    for (const [name, text] of [
      ['a.toml', `"$import" = "${other}"`],
      ['a.yaml', `$import: ${other}`],
    ] as const) {
      const { message } = await workspace.refusal({ configFile: workspace.write(name, text) });
      expect(message).to.contain('$import: unknown key');
    }
  });

  for (const key of ['__proto__', 'constructor', 'prototype']) {
    it(`cannot use ${key} as a key`, async () => {
      const tables = ['model_aliases', 'router.rules', 'oauth'];
      const files = [
        ...tables.map((table) => [`${table.replace('.', '_')}.toml`, `[${table}]\n"${key}" = "polluted"`]),
        ...tables.slice(0, 1).map((table) => [`${table}.yaml`, `${table}: { ${key}: polluted }`]),
        ...tables.slice(0, 1).map((table) => [`${table}.json`, `{"${table}": {"${key}": "polluted"}}`]),
        ['top.toml', `["${key}"]\npolluted = true`],
        ['options.toml', profile('p', `options = { a = { "${key}" = { polluted = true } } }`)],
        ['quirks.json', `{"profiles": [{"name": "p", "provider": "x", "quirks": {"${key}": {"polluted": true}}}]}`],
      ] as [string, string][];
      for (const [name, text] of files) {
        const { message } = await workspace.refusal({ configFile: workspace.write(name, text) });
        expect(message, name)
          .to.contain(key)
          .and.to.match(/not allowed|unknown key/);
      }
      const variable = await workspace.refusal({ environment: { CLAUDEX_MODEL_ALIASES: `{"${key}": "polluted"}` } });
      expect(variable.message).to.contain(`CLAUDEX_MODEL_ALIASES: model_aliases.${key}: this key is not allowed`);
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    });
  }

  it('cannot use names of inherited properties to find something', async () => {
    const { values } = await workspace.load();
    expect(values.model_aliases['toString']).to.equal(undefined);
    const error = await workspace.refusal({
      configFile: workspace.write('a.toml', 'toString = 1\nhasOwnProperty = 2'),
    });
    expect(error.message).to.contain('toString: unknown key').and.to.contain('hasOwnProperty: unknown key');
  });

  it('cannot put terminal commands into a warning', async () => {
    workspace.write('project/claudex.toml', 'default_profile = "\\u001b[2Jp"\n');
    expect((await workspace.load()).warnings.join())
      .to.contain('default_profile')
      .and.to.not.contain('\u{1b}');
    const file = workspace.write('project/claudex.toml', '[router.rules]\n"\\u001b[2J" = "nobody"');
    await recordTrust(workspace.state, file);
    expect((await workspace.refusal()).message).to.not.contain('\u{1b}');
  });
});
