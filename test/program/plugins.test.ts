import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

/** What makes Claudex look for all plugins, whatever the command: that there may be installed ones. */
const INSTALLED = join('.local', 'share', 'claudex', 'package.json');

/** Own commands, with and without contributions; help; words that are not commands, and those of other plugins. */
const COMMAND_LINES = [
  [],
  ['--json'],
  ['--help'],
  ['config', 'get', 'log_level'],
  ['config', 'get'],
  ['config', 'nonsense'],
  ['config:get', 'log_level'],
  ['explain', 'demo'],
  ['help', 'run'],
  ['models', '--json'],
  ['nonsense', '--json'],
  ['plugins', '--core'],
  ['profile'],
  ['profile', '--json'],
  ['profile', 'nonsense'],
  ['profile', 'list', '--json'],
  ['profile', 'show', 'demo'],
  ['profile', 'list', '-h'],
  ['ps', 'nonsense'],
  ['ps', '--nonsense'],
  ['proxy', 'status'],
  ['run'],
  ['run', '--help'],
  ['run', 'nonsense'],
  ['run', 'demo', '--dry-run', '--', '--help'],
  ['run', 'demo', '--dry-run', '--model', 'demo-tools', '-p', 'help'],
];

describe('looking for plugins', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome({ DISABLE_AUTOUPDATER: '1' });
    const claude = join(home.root, 'claude');
    await writeFile(claude, '#!/bin/sh\n', { mode: 0o755 });
    await home.writeConfig(`claude_binary = '${claude}'\n[[profiles]]\nname = 'demo'\nprovider = 'demo'\n`);
  });
  afterEach(() => home.close());

  async function install(plugins: readonly object[]): Promise<void> {
    const file = join(home.home, INSTALLED);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ private: true, oclif: { schema: 1, plugins } }));
  }

  /** What the framework tells of its search. */
  async function foundBy(...args: string[]): Promise<string[]> {
    const { stderr } = await runCli(home, args, { environment: { DEBUG: 'oclif:*', DEBUG_COLORS: 'no' } });
    return [...stderr.matchAll(/loading core plugin from .*[/\\]([\w-]+)$/gm)].map(([, name]) => name ?? '').toSorted();
  }

  it('changes nothing that a command says and does', async () => {
    const outcomes = (): Promise<unknown[]> => inTurn(COMMAND_LINES, (args) => runCli(home, args));
    const without = await outcomes();
    await install([]);
    expect(without).to.deep.equal(await outcomes());
  });

  it('happens for a command of our own only as far as it needs them', async () => {
    const own = (await foundBy('config', 'get', 'log_level')).filter((name) => name.includes('-'));
    expect(own).to.deep.equal([]);
    const contributors = await foundBy('profile', 'list');
    expect(contributors).to.include('provider-demo');
    expect(contributors.filter((name) => name.startsWith('plugin-'))).to.deep.equal([]);
    expect(await foundBy('help')).to.include.members(['provider-demo', 'plugin-help', 'plugin-plugins']);
  });

  it('finds installed ones for every command, so that their hooks are asked', async () => {
    const root = join(home.root, 'plugin');
    await mkdir(root);
    const hooks = { init: './say.js', prerun: './say.js', finally: './say.js' };
    const manifest = { name: 'claudex-plugin-witness', version: '1.0.0', main: 'say.js', oclif: { hooks } };
    await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(root, 'say.js'), `exports.default = () => process.stderr.write('witness\\n');`);
    await install([{ type: 'link', name: manifest.name, root }]);
    const { stderr, stdout, code } = await runCli(home, ['config', 'get', 'log_level']);
    expect({ stderr, stdout, code }).to.deep.equal({ stderr: 'witness\n'.repeat(3), stdout: 'info\n', code: 0 });
  });
});

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<{ readonly item: Item; readonly result: Result }[]> {
  const results: { readonly item: Item; readonly result: Result }[] = [];
  // One after another: the machine has few processors.
  for (const item of items) results.push({ item, result: await work(item) });
  return results;
}
