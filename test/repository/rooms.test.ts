import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOMS, TOP, type ImportRule } from '../support/import-rules.ts';
import { ROOT } from '../support/source-files.ts';

const SDK = '@claudex/sdk';

describe('the table of rooms in docs/architecture.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
  const rows = [...page.matchAll(/^\| \[(\w+)\]\(\.\.\/src\/(\w+)\/[^|]*\|[^\n]*\| ([^|\n]+?) +\|$/gm)]
    .filter(([, name, folder]) => name === folder)
    .map(([, name = '', , uses = '']) => [name, uses] as const);

  it('names every room once', () => {
    const names = rows.map(([name]) => name);
    expect(names.toSorted()).to.deep.equal([...Object.keys(ROOMS), ...Object.keys(TOP)].toSorted());
  });

  for (const [name, uses] of rows) {
    it(`says what ${name} may use`, () => {
      const rule = ROOMS[name] ?? TOP[name];
      if (rule === undefined) throw new Error(`there is no rule for ${name}`);
      expect(new Set(uses.split(';', 1)[0]?.split(', '))).to.deep.equal(new Set(usesOf(rule)));
    });
  }
});

function usesOf({ rooms, packages, typesOf = [] }: ImportRule): string[] {
  if (rooms.length === Object.keys(ROOMS).length) return ['every room'];
  const sdk = packages.includes(SDK) ? ['sdk'] : typesOf.includes(SDK) ? ['types of sdk'] : [];
  const all = [...rooms, ...sdk];
  return all.length === 0 ? ['nothing'] : all;
}
