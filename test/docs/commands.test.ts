import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { ROOT } from '../support/source-files.ts';
import { readDocument, section } from './support/named-blocks.ts';
// @ts-expect-error A script has no declarations.
import { commandsPage } from '../../scripts/commands-page.mjs';

type Manifest = {
  readonly commands: {
    readonly [id: string]: {
      readonly hidden?: boolean;
      readonly flags: { readonly [name: string]: { readonly hidden?: boolean; readonly description?: string } };
      readonly args: { readonly [name: string]: { readonly hidden?: boolean } };
      readonly examples?: readonly unknown[];
    };
  };
};

describe('the page of the commands', () => {
  let home: IsolatedHome;

  before(async () => {
    home = await isolatedHome();
  });
  after(() => home.close());

  const { commands } = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;
  const visible = Object.entries(commands).filter(([, { hidden }]) => hidden !== true);

  it('is what the commands say of themselves; "npm run commands-page" renews it', async () => {
    expect(readDocument('docs/commands.md')).to.equal(await commandsPage());
  });

  it('has every command with all its flags and arguments, and an example of each', () => {
    const page = readDocument('docs/commands.md');
    const missing = visible.flatMap(([id, { flags, args, examples = [] }]) => {
      const text = section(page, `claudex ${id.replaceAll(':', ' ')}`);
      const names = [
        ...Object.keys(flags)
          .filter((name) => flags[name]?.hidden !== true)
          .map((name) => `--${name}`),
        ...Object.keys(args)
          .filter((name) => args[name]?.hidden !== true)
          .map((name) => name.toUpperCase()),
        ...(examples.length > 0 ? ['EXAMPLES'] : []),
      ];
      return [
        ...names.filter((name) => !text.toUpperCase().includes(name.toUpperCase())).map((name) => `${id}: ${name}`),
        ...(examples.length > 0 ? [] : [`${id}: no example`]),
      ];
    });
    expect(missing).to.deep.equal([]);
  });

  it('is what --help prints', async () => {
    const page = readDocument('docs/commands.md');
    for (const id of ['explain', 'profile:list', 'run']) {
      const { code, stdout } = await runCli(home, [...id.split(':'), '--help'], { environment: { COLUMNS: '100' } });
      expect(code).to.equal(0);
      const words = stdout.split(/\s+/).filter((word) => word !== '');
      const shown = section(page, `claudex ${id.replaceAll(':', ' ')}`);
      expect(words.filter((word) => !shown.includes(word) && !summaryOf(page, id).includes(word))).to.deep.equal([]);
    }
  });
});

function summaryOf(page: string, id: string): string {
  return page.split('\n').find((line) => line.includes(`[\`claudex ${id.replaceAll(':', ' ')}\`]`)) ?? '';
}
