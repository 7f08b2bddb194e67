import { expect } from 'chai';
import fc from 'fast-check';
import { asCounted } from '../../src/config/edit/changed-values.ts';
import { documentOf, editText } from '../../src/config/edit/edit-text.ts';
import { yamlComments } from '../../src/config/edit/edit-yaml.ts';
import { tomlComments } from '../../src/config/edit/toml-statements.ts';
import { isTable, valueAt, type JsonLike, type Path, type Table } from '../../src/config/tables.ts';
import { change, document, layout, tomlOf, yamlOf } from './support/configuration-files.ts';
import { RUNS } from './support/runs.ts';

const FORMATS: readonly (readonly [string, (values: Table, layout: readonly number[]) => string])[] = [
  ['a.toml', tomlOf],
  ['a.yaml', yamlOf],
  ['a.json', (values, [indent = 0]) => JSON.stringify(values, undefined, indent % 4)],
];

describe('any change of one key in any configuration file', () => {
  for (const [file, print] of FORMATS) {
    it(`leaves every other value and every comment as it is: ${file}`, async () => {
      await fc.assert(
        fc.asyncProperty(document, layout, change, async (values, numbers, { path, value }) => {
          const text = print(values, numbers);
          const edit = { op: 'set', path, value } as const;
          const edited = await editText(file, text, [edit]);
          expect(asCounted(await parsed(file, edited))).to.deep.equal(asCounted(withValue(values, path, value)));
          // Inside a list or a table that is replaced, comments go with what they are about.
          const old = valueAt(values, placed(values, path));
          if (typeof old !== 'object') expect(comments(file, edited)).to.deep.equal(comments(file, text));
          expect(await editText(file, edited, [edit])).to.equal(edited);
        }),
        RUNS,
      );
    });

    it(`takes a key out and nothing else: ${file}`, async () => {
      await fc.assert(
        fc.asyncProperty(document, layout, fc.nat(), async (values, numbers, which) => {
          const keys = pathsIn(values);
          const path = keys[which % Math.max(1, keys.length)];
          fc.pre(path !== undefined);
          const edited = await editText(file, print(values, numbers), [{ op: 'unset', path }]);
          expect(asCounted(await parsed(file, edited))).to.deep.equal(asCounted(withoutValue(values, path)));
        }),
        RUNS,
      );
    });
  }
});

async function parsed(file: string, text: string): Promise<Table> {
  const { values } = await documentOf(file, text);
  return isTable(values) ? values : {};
}

function comments(file: string, text: string): string[] {
  return file.endsWith('.toml') ? tomlComments(text) : yamlComments(text);
}

/** Below `profiles`, the place instead of the name. */
function placed(values: Table, path: Path): Path {
  const [list, name, ...rest] = path;
  const profiles = values['profiles'];
  if (list !== 'profiles' || !Array.isArray(profiles)) return path;
  return [list, profiles.findIndex((profile) => isTable(profile) && profile['name'] === name), ...rest];
}

/** The values with another one, made in the plainest way. */
function withValue(values: Table, path: Path, value: JsonLike): Table {
  const copy = structuredClone({ ...values });
  const [list, name, ...rest] = path;
  if (list !== 'profiles') return assign(copy, path, value);
  const profiles = (copy['profiles'] ??= []) as Table[];
  const place = profiles.findIndex((profile) => profile['name'] === name);
  const old = profiles[place] ?? { name: String(name) };
  const profile = rest.length === 0 ? (value as Table) : assign(old, rest, value);
  profiles.splice(place === -1 ? profiles.length : place, 1, profile);
  return copy;
}

function assign(table: Table, [key = '', ...rest]: Path, value: JsonLike): Table {
  const below = table[key];
  table[key] = rest.length === 0 ? value : assign(isTable(below) ? below : {}, rest, value);
  return table;
}

function withoutValue(values: Table, path: Path): Table {
  const copy = structuredClone({ ...values });
  const above = valueAt(copy, path.slice(0, -1)) as Table | JsonLike[];
  const key = path.at(-1) ?? '';
  if (Array.isArray(above)) above.splice(Number(key), 1);
  else delete above[key];
  return copy;
}

/** Every key and every place in a list; the names of profiles stay. */
function pathsIn(value: JsonLike, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return here[0] === 'profiles' && here.at(-1) === 'name' ? [] : [here, ...pathsIn(below, here)];
  });
}
