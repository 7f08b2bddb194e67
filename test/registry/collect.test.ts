import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Config } from '@oclif/core';
import { collectRegistry } from '../../src/registry/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROVIDER = "{ specVersion: 1, id: 'ID', title: 'T', protocol: 'openai-chat', models: { default: 'm' } }";
const provider = (id: string): string => PROVIDER.replace('ID', id);

describe('collecting what plugins contribute', () => {
  const root = temporaryFolder();

  /** Writes a CLI with these plugins, as oclif finds them, and loads it. */
  async function load(plugins: { [name: string]: string }, hook = 'claudex:providers'): Promise<Config> {
    for (const [name, code] of Object.entries(plugins)) {
      const folder = join(root(), 'node_modules', name);
      await mkdir(folder, { recursive: true });
      await writeFile(
        join(folder, 'package.json'),
        JSON.stringify({
          name,
          version: '1.0.0',
          type: 'module',
          exports: { '.': './hook.js', './package.json': './package.json' },
          oclif: { hooks: { [hook]: './hook.js' } },
        }),
      );
      await writeFile(join(folder, 'hook.js'), code);
    }
    const dependencies = Object.fromEntries(Object.keys(plugins).map((name) => [name, '1.0.0']));
    await writeFile(
      join(root(), 'package.json'),
      JSON.stringify({
        name: 'cli',
        version: '1.0.0',
        type: 'module',
        files: [],
        dependencies,
        oclif: { bin: 'cli', plugins: Object.keys(plugins) },
      }),
    );
    return Config.load(root());
  }

  it('keys providers by id, in an order that does not depend on who answered first', async () => {
    const slow = `export default async () => { await new Promise((done) => setTimeout(done, 50)); return [${provider('aa')}]; }`;
    const registry = await collectRegistry(
      await load({
        'plugin-slow': slow,
        'plugin-quick': `export default () => [${provider('zz')}, ${provider('mm')}]`,
      }),
    );
    expect([...registry.providers.keys()]).to.deep.equal(['aa', 'mm', 'zz']);
    expect(registry.warnings).to.deep.equal([]);
  });

  const broken: { [how: string]: string } = {
    'throws in its hook': "export default () => { throw new Error('broken'); }",
    rejects: "export default async () => { throw new Error('broken'); }",
    'exits through oclif': 'export default function () { this.exit(0); }',
    'reports an oclif error': "export default function () { this.error('broken', { exit: 2 }); }",
    'throws while loading': "throw new Error('broken');",
    'has a syntax error': 'export default (',
    'imports what is not there': "import 'no-such-package'; export default () => [];",
    'returns no list': 'export default () => 5;',
    'returns a list of nonsense': 'export default () => [5];',
    'has a descriptor that throws when it is looked at':
      "export default () => [{ get id() { throw new Error('no') } }];",
    'has models that are no names': `export default () => [{ ...${provider('x')}, models: { default: 'm', haiku: 5 } }];`,
    'has known models that are none': `export default () => [{ ...${provider('x')}, knownModels: 'zzz' }];`,
    'has public lists that are no list': `export default () => [{ ...${provider('x')}, publicLists: 'x' }];`,
    'has key variables that are no list': `export default () => [{ ...${provider('x')}, keyVariables: 'FOO' }];`,
    'has another specVersion': `export default () => [{ ...${provider('x')}, specVersion: 2 }];`,
    'has an id that is none': `export default () => [${provider('Not An Id')}];`,
    'has no default model': `export default () => [{ ...${provider('x')}, models: {} }];`,
    'has a start that is no function': `export default () => [{ ...${provider('x')}, start: 1 }];`,
    'has a base URL that is none': `export default () => [{ ...${provider('x')}, baseUrl: 'file:///etc' }];`,
    'is a local server that says nothing': `export default () => [{ ...${provider('x')}, localServer: { rank: 1 } }];`,
    'says by a text how models are reached': `export default () => [{ ...${provider('x')}, protocolOf: 'openai-chat' }];`,
    'describes models with a list': `export default () => [{ ...${provider('x')}, describeModels: [] }];`,
  };
  for (const [how, code] of Object.entries(broken)) {
    it(`names a plugin that ${how}, and keeps the others`, async () => {
      const registry = await collectRegistry(
        await load({ 'plugin-bad': code, 'plugin-good': `export default () => [${provider('good')}]` }),
      );
      expect([...registry.providers.keys()]).to.deep.equal(['good']);
      expect(registry.warnings).to.have.length(1);
      expect(registry.warnings[0]).to.contain('plugin-bad').and.not.contain('\n');
    });
  }

  it('names every plugin that does not settle in time, and keeps the others', async () => {
    const hanging = {
      'plugin-never-answers': 'export default () => new Promise((resolve) => setTimeout(resolve, 6000, []));',
      'plugin-never-loads': 'await new Promise(() => {}); export default () => [];',
      'plugin-stays-busy': 'setInterval(() => {}, 1000).unref(); await new Promise(() => {});',
    };
    const registry = await collectRegistry(
      await load({ ...hanging, 'plugin-good': `export default () => [${provider('good')}]` }),
    );
    expect([...registry.providers.keys()]).to.deep.equal(['good']);
    const named = registry.warnings.map((warning) => /plugin-[a-z-]+/.exec(warning)?.[0]);
    expect(named).to.have.members(Object.keys(hanging));
    expect(registry.warnings.join()).to.not.contain('\n');
  });

  it('gives an id that two plugins claim to neither, and names both', async () => {
    const registry = await collectRegistry(
      await load({
        'plugin-b': `export default () => [${provider('same')}, ${provider('b')}]`,
        'plugin-a': `export default () => [${provider('same')}]`,
      }),
    );
    expect([...registry.providers.keys()]).to.deep.equal(['b']);
    expect(registry.warnings).to.deep.equal([
      'provider "same" was left out: plugin-a and plugin-b both define it; uninstall one of them',
    ]);
  });

  it('keys searches by id, and leaves out those that cannot search', async () => {
    const search = (id: string, more: string): string => `{ specVersion: 1, id: '${id}', title: 'T', ${more} }`;
    const answers = [search('b', 'search() {}'), search('a', 'async search() {}'), search('c', '')].join();
    const registry = await collectRegistry(
      await load({ 'plugin-search': `export default () => [${answers}]` }, 'claudex:searches'),
    );
    expect([...registry.searches.keys()]).to.deep.equal(['a', 'b']);
    expect(registry.warnings).to.have.length(1);
    expect(registry.warnings[0]).to.contain('plugin-search').and.to.contain('"c" has no function search');
  });

  it('asks once per process', async () => {
    const config = await load({
      'plugin-a': `let calls = 0; export default () => { calls += 1; return [{ ...${provider('x')}, title: String(calls) }]; }`,
    });
    const first = await collectRegistry(config);
    expect((await collectRegistry(config)).providers.get('x')?.title).to.equal('1');
    expect(first.providers.get('x')?.title).to.equal('1');
  });
});
