import fc from 'fast-check';
import { stringify as yamlText } from 'yaml';
import type { Kind } from '../../../src/config/kinds.ts';
import { documentKind, topLevelKeys } from '../../../src/config/schema.ts';
import { isTable, type JsonLike, type Path, type Table } from '../../../src/config/tables.ts';
import { tomlKey, tomlValue } from '../../../src/config/edit/toml-values.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/);
const name = fc.oneof(word, fc.stringMatching(/^[a-z]{1,3}\.[a-z]{1,3}$/));
/** Texts with everything that means something to one of the formats. */
const anyText = fc.oneof(
  word,
  fc.string({ unit: fc.constantFrom(...'ab #"\'\\:,[]{}=-*&|>%@`\t\n~é'.split('')), minLength: 1, maxLength: 12 }),
  fc.constantFrom('true', 'null', '12', '1e3', '- a', '# no comment', '2024-01-01', "it's", '|', 'yes', '{}'),
);

/** Values that a kind takes; dates and the like are left out, because JSON has none. */
function valueOf(kind: Kind): fc.Arbitrary<JsonLike> {
  if (kind.type === 'boolean') return fc.boolean();
  if (kind.type === 'integer') return fc.integer({ min: kind.min, max: Math.min(kind.max, 99_999) });
  if (kind.type === 'number')
    return fc.integer({ min: 0, max: Math.min(kind.max, 400) * 4 }).map((quarter) => quarter / 4);
  if (kind.type === 'list') return fc.array(valueOf(kind.of), { maxLength: 3 });
  if (kind.type === 'dictionary') return fc.dictionary(name, valueOf(kind.of), { maxKeys: 3 });
  if (kind.type === 'table') return tableOf(kind);
  if (kind.type === 'anything')
    return fc.dictionary(word, fc.oneof(anyText, fc.array(anyText, { maxLength: 2 })), { maxKeys: 2 });
  if (kind.type === 'spelling') return fc.constantFrom<JsonLike>('auto', false, 'none', ['a', 'b, c']);
  return kind.type === 'text' && kind.oneOf !== undefined ? fc.constantFrom(...kind.oneOf) : anyText;
}

/** A few of the keys that a table has. */
function tableOf(kind: Extract<Kind, { type: 'table' }>): fc.Arbitrary<Table> {
  const keys = Object.entries(kind.keys);
  return fc
    .subarray(keys, { maxLength: Math.min(6, keys.length) })
    .chain((kept) => fc.record(Object.fromEntries(kept.map(([key, entry]) => [key, valueOf(entry.kind)]))));
}

/** What a configuration file may say; names of profiles are told apart, types are right. */
export const document: fc.Arbitrary<Table> = tableOf(documentKind).map((values) => {
  const profiles = values['profiles'];
  if (!Array.isArray(profiles)) return values;
  return {
    ...values,
    profiles: profiles.map((profile, at) => ({ ...(profile as Table), name: `p${at}` })),
  };
});

/** A key that the schema has, with a value that it takes; of a profile that may not be there yet. */
export const change: fc.Arbitrary<{ path: Path; value: JsonLike }> = fc.oneof(
  fc
    .constantFrom(...Object.keys(topLevelKeys).filter((key) => key !== 'profiles'))
    .chain((key) => below([key], documentKind)),
  fc.constantFrom('p0', 'p1', 'p9').chain((profile) => below(['profiles', profile], documentKind)),
);

function below(path: string[], top: Kind): fc.Arbitrary<{ path: Path; value: JsonLike }> {
  const kind = path.reduce<Kind>((above, key) => stepInto(above, key), top);
  const whole = valueOf(kind).map((value) => ({ path, value: named(path, value) }));
  if (kind.type === 'dictionary')
    return fc.oneof(
      whole,
      name.chain((key) => below([...path, key], top)),
    );
  if (kind.type !== 'table') return whole;
  return fc.oneof(
    whole,
    fc
      .constantFrom(...Object.keys(kind.keys).filter((key) => key !== 'name'))
      .chain((key) => below([...path, key], top)),
  );
}

function named(path: readonly string[], value: JsonLike): JsonLike {
  return path.length === 2 && path[0] === 'profiles' && isTable(value) ? { ...value, name: path[1] ?? '' } : value;
}

function stepInto(kind: Kind, key: string): Kind {
  if (kind.type === 'list') return kind.of;
  if (kind.type === 'dictionary') return kind.of;
  const entry = kind.type === 'table' ? kind.keys[key] : undefined;
  if (entry === undefined) throw new Error(`no key ${key}`);
  return entry.kind;
}

/** How a text is laid out: numbers that are used up one after the other. */
export const layout = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 40 });

/** The values in TOML, with comments, empty lines, dotted keys, inline tables and sections as the layout wants them. */
export function tomlOf(values: Table, numbers: readonly number[]): string {
  const lines: string[] = [];
  let at = 0;
  const next = (most: number): number => (numbers[at++ % numbers.length] ?? 0) % most;
  const note = (): void => {
    if (next(3) === 0) lines.push(`# note ${at} "quoted" [x]`);
    if (next(4) === 0) lines.push('');
  };
  const comment = (): string => (next(3) === 0 ? ` # behind ${at}` : '');
  const section = (path: readonly string[], table: Table, brackets: 0 | 1 | 2): void => {
    note();
    const title = path.map(tomlKey).join('.');
    if (brackets > 0) lines.push((brackets === 2 ? `[[${title}]]` : `[${title}]`) + comment());
    const later: [string, JsonLike][] = [];
    for (const [key, value] of Object.entries(table)) {
      const isList = key === 'profiles' && Array.isArray(value) && value.length > 0;
      if (isList || (isTable(value) && next(3) !== 0)) later.push([key, value]);
      else if (isTable(value) && Object.keys(value).length > 0 && next(2) === 0) {
        for (const [inner, deep] of Object.entries(value))
          lines.push(`${tomlKey(key)}.${tomlKey(inner)} = ${tomlValue(deep)}${comment()}`);
      } else if (Array.isArray(value) && next(2) === 0) {
        lines.push(
          `${tomlKey(key)} = [${comment()}`,
          ...value.map((item) => `  ${tomlValue(item)},${comment()}`),
          `]${comment()}`,
        );
      } else lines.push(`${tomlKey(key)} = ${tomlValue(value)}${comment()}`);
      note();
    }
    for (const [key, value] of later) {
      if (isTable(value)) section([...path, key], value, 1);
      else for (const entry of value as Table[]) section([...path, key], entry, 2);
    }
  };
  section([], values, 0);
  note();
  return ended(lines.join('\n'), next);
}

/** The values in YAML, with comments and empty lines between the lines where the layout wants them. */
export function yamlOf(values: Table, numbers: readonly number[]): string {
  let at = 0;
  const next = (most: number): number => (numbers[at++ % numbers.length] ?? 0) % most;
  if (Object.keys(values).length === 0) return '# nothing yet\n';
  // A text with a line end goes on over several lines, between which there is no place for comments.
  const goesOn = JSON.stringify(values).includes(String.raw`\n`);
  const written = yamlText(values, {
    lineWidth: 0,
    blockQuote: false,
    aliasDuplicateObjects: false,
    collectionStyle: next(4) === 0 ? 'flow' : 'any',
    indentSeq: next(2) === 0,
    defaultStringType: next(2) === 0 && !goesOn ? 'PLAIN' : 'QUOTE_DOUBLE',
  });
  const lines = written
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      if (goesOn) return [line];
      const above = next(4) === 0 ? [`${/^ */.exec(line)?.[0] ?? ''}# note ${at}: [x]`] : [];
      return [...above, ...(next(6) === 0 ? [''] : []), next(4) === 0 ? `${line} # behind ${at}` : line];
    });
  return ended(lines.join('\n'), next);
}

function ended(text: string, next: (most: number) => number): string {
  const whole = next(4) === 0 ? text : `${text}\n`;
  const lineEnds = next(5) === 0 ? whole.replaceAll('\n', '\r\n') : whole;
  return next(8) === 0 ? `\u{feff}${lineEnds}` : lineEnds;
}
