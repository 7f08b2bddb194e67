import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleText } from '../../src/config/inspect/example-text.ts';
import type { Keys, Kind } from '../../src/config/kinds.ts';
import { profileKeys, topLevelKeys } from '../../src/config/schema.ts';
import { isTable, valueAt } from '../../src/config/tables.ts';
import { loadFile } from '../../src/config/load-file.ts';
import { ROOT } from '../support/source-files.ts';
import { exampleFile, FORMATS, uncommented } from './support/example-files.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

interface Templates {
  templates: () => { readonly [file: string]: string };
}

describe('the templates', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  it('are what "node scripts/templates.mjs" makes of the schema', async () => {
    const { templates } = (await import(pathToFileURL(join(ROOT, 'scripts', 'templates.mjs')).href)) as Templates;
    const made = templates();
    expect(Object.keys(made)).to.have.length(3);
    for (const [file, text] of Object.entries(made))
      expect(readFileSync(join(ROOT, file), 'utf8'), file).to.equal(text);
  });

  for (const format of FORMATS) {
    it(`of ${format.toUpperCase()} change nothing as they are`, async () => {
      const file = workspace.write(`a.${format}`, exampleFile(format));
      expect((await workspace.load({ configFile: file })).values).to.deep.equal((await workspace.load()).values);
    });

    it(`of ${format.toUpperCase()} are valid with every setting switched on, and then show every default`, async () => {
      const file = workspace.write(`a.${format}`, uncommented(exampleFile(format)));
      const { values } = await workspace.load({ configFile: file });
      const written = await valuesOf(file);
      for (const [path, kind, fallback] of keysOf(topLevelKeys, [])) {
        const value = valueAt(written, path);
        expect(value, path.join('.')).to.not.equal(undefined);
        const isExample = fallback === undefined || kind.type === 'dictionary' || kind.type === 'table';
        if (!isExample && kind.type !== 'list') expect(value, path.join('.')).to.deep.equal(fallback);
      }
      expect(values.profiles.length).to.be.greaterThan(8);
      expect(values.profiles.every(({ api_key: key }) => key === undefined || key === '')).to.equal(true);
    });

    it(`of ${format.toUpperCase()} show every key of a profile, with its default where it has one`, async () => {
      const file = workspace.write(`a.${format}`, uncommented(exampleFile(format)));
      const [reference] = valueAt(await valuesOf(file), ['profiles']) as { [key: string]: unknown }[];
      for (const [path, kind, fallback] of keysOf(profileKeys, [])) {
        const value = valueAt(reference, path);
        expect(value, path.join('.')).to.not.equal(undefined);
        if (fallback !== undefined && !['dictionary', 'table', 'list'].includes(kind.type))
          expect(value, path.join('.')).to.deep.equal(fallback);
      }
    });

    it(`of ${format.toUpperCase()} explain each setting in the line above it`, () => {
      const lines = exampleFile(format).split('\n');
      const unexplained = lines.filter((line, index) => {
        const above = lines[index - 1] ?? '';
        return /^#\S/.test(line) && !line.startsWith('#:') && above === '' && !line.includes('profiles:');
      });
      expect(unexplained).to.deep.equal([]);
    });
  }

  it('say the same in both formats', async () => {
    const files = FORMATS.map((format) => workspace.write(`a.${format}`, uncommented(exampleFile(format))));
    const [toml, yaml] = await Promise.all(files.map((file) => workspace.load({ configFile: file })));
    expect(toml?.values).to.deep.equal(yaml?.values);
  });

  it('tell editors where the schema is: beside them, in a user file by its address, in a project file not at all', async () => {
    expect(exampleFile('toml').split('\n')[0]).to.equal('#:schema ./schemas/claudex.schema.json');
    expect(exampleFile('yaml').split('\n')[0]).to.equal(
      '# yaml-language-server: $schema=./schemas/claudex.schema.json',
    );
    const address = pathToFileURL(join(ROOT, 'templates', 'schemas', 'claudex.schema.json')).href;
    expect((await exampleText(ROOT, 'toml', 'user')).split('\n')[0]).to.equal(`#:schema ${address}`);
    expect(await exampleText(ROOT, 'yaml', 'project')).to.not.contain('schema');
  });
});

async function valuesOf(file: string): Promise<unknown> {
  const loaded = await loadFile(file);
  return 'document' in loaded ? loaded.document.values : undefined;
}

/** Every key below these, with its kind and its default; those of profiles come with a profile. */
function keysOf(keys: Keys, path: readonly string[]): [string[], Kind, unknown][] {
  return Object.entries(keys).flatMap(([key, entry]): [string[], Kind, unknown][] => {
    const here = [...path, key];
    const below = entry.kind.type === 'table' ? keysOf(entry.kind.keys, here) : [];
    const isGiven = isTable(entry.default) && Object.keys(entry.default).length === 0;
    return [[here, entry.kind, isGiven ? undefined : entry.default], ...below];
  });
}
