import { profileKeys, topLevelKeys } from '../../src/config/schema.ts';
import { EXAMPLE_LOGIN, EXAMPLE_PROFILES, EXAMPLE_VALUES, REFERENCE_PROFILE } from './example-profiles.mjs';

/*
 * Both files say the same: every key with its meaning and its default, switched off by a "#" right in front of it, then
 * profiles to begin with. A line of prose has one blank behind its "#", a setting none, or two and more.
 */

const SCHEMA = './schemas/claudex.schema.json';

/** The line that tells an editor where the schema is. */
const SCHEMA_LINES = { toml: `#:schema ${SCHEMA}`, yaml: `# yaml-language-server: $schema=${SCHEMA}` };

const TO_USE = {
  toml: 'To use a setting, remove its "#", and that of the [table] it stands below.',
  yaml: 'To use a setting, remove its "#", and those of the keys it stands below.',
};

/**
 * The commented example file.
 * @param {'toml' | 'yaml'} format
 */
export function exampleFile(format) {
  const writer = format === 'toml' ? toml : yaml;
  const lines = [
    SCHEMA_LINES[format],
    ...prose(
      'Configuration of Claudex. Everything here is switched off: each setting shows its default, or an example where it has none.',
      TO_USE[format],
    ),
    '',
    ...writer.section('', scalarsOf(topLevelKeys, '')),
    ...Object.entries(topLevelKeys).flatMap(([key, entry]) => tablesOf(key, key, entry, writer)),
    ...prose(
      'Profiles: the providers you use. A key is better kept in a variable or in the keyring than in this file.',
    ),
    '',
    ...writer.profiles(),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The keys of a table that stand on one line each. */
function scalarsOf(keys, path) {
  return Object.entries(keys).flatMap(([key, entry]) => {
    if (isSpread(entry.kind)) return [];
    const below = path === '' ? key : `${path}.${key}`;
    const value = EXAMPLE_VALUES[below] ?? entry.default;
    return [{ key, value, text: described(entry) }];
  });
}

/** A table with its keys, then the tables in it. */
function tablesOf(path, example, entry, writer) {
  const { kind } = entry;
  if (!isSpread(kind) || kind.type === 'list') return [];
  const text = `${entry.meaning[0].toUpperCase()}${entry.meaning.slice(1)}.`;
  if (kind.type === 'dictionary' && kind.of.type === 'table')
    return [...prose(text), ...writer.section(`${path}.${EXAMPLE_LOGIN}`, scalarsOf(kind.of.keys, path))];
  if (kind.type === 'dictionary') {
    const entries = Object.entries(EXAMPLE_VALUES[path] ?? {}).map(([key, value]) => ({ key, value }));
    return [...prose(text), ...writer.section(path, entries)];
  }
  const scalars = scalarsOf(kind.keys, path);
  const inside = Object.entries(kind.keys).flatMap(([key, below]) => tablesOf(`${path}.${key}`, key, below, writer));
  return [...prose(text), ...writer.section(path, scalars, inside.length > 0), ...inside];
}

function isSpread(kind) {
  return kind.type === 'table' || kind.type === 'dictionary' || (kind.type === 'list' && kind.of.type === 'table');
}

function described({ kind, meaning, default: value }) {
  const words = kind.oneOf === undefined ? '' : ` (${kind.oneOf.join(', ')})`;
  return `${meaning}${words}${value === undefined ? '; not set' : ''}`;
}

function prose(...texts) {
  return texts.map((text) => `# ${text}`);
}

/** Entries of a table that hold single values or lists, and those that hold tables. */
function parted(values) {
  const entries = Object.entries(values);
  const isInner = ([, value]) => typeof value === 'object' && !Array.isArray(value);
  return { plain: entries.filter((entry) => !isInner(entry)), inner: entries.filter(isInner) };
}

/** A profile with all keys, in the order of the schema, and what each means. */
function referenceEntries() {
  return Object.entries(profileKeys).map(([key, entry]) => {
    return { key, value: REFERENCE_PROFILE[key] ?? entry.default, text: described(entry) };
  });
}

const bare = (key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));

const toml = {
  section(path, entries, hasTablesBelow = false) {
    if (entries.length === 0 && hasTablesBelow) return [''];
    const header = path === '' ? [] : [`#[${path}]`];
    return [...header, ...entries.flatMap(tomlEntry), ''];
  },
  profiles() {
    const reference = referenceEntries();
    const isTable = ({ value }) => typeof value === 'object' && !Array.isArray(value);
    const inner = reference.filter(isTable).flatMap(({ key, value, text }) => {
      return [...prose(text), `#[profiles.${key}]`, ...tomlPairs(Object.entries(value))];
    });
    const plain = reference.filter((entry) => !isTable(entry)).flatMap(tomlEntry);
    return [
      ...prose('All keys of a profile; it needs a name, and a provider or both base_url and default_model.'),
      '#[[profiles]]',
      ...plain,
      ...inner,
      '',
      ...EXAMPLE_PROFILES.flatMap(([title, profile]) => [...prose(title), ...tomlProfile(profile), '']),
    ];
  },
};

function tomlEntry({ key, value, text }) {
  return [...(text === undefined ? [] : prose(text)), ...tomlPairs([[key, value]])];
}

function tomlPairs(entries) {
  return entries.map(([key, value]) => `#${bare(key)} = ${flow(value)}`);
}

function tomlProfile(profile) {
  const { plain, inner } = parted(profile);
  const tables = inner.flatMap(([key, values]) => [`#[profiles.${key}]`, ...tomlPairs(Object.entries(values))]);
  return ['#[[profiles]]', ...tomlPairs(plain), ...tables];
}

const yaml = {
  section(path, entries, hasTablesBelow = false) {
    const steps = path === '' ? [] : path.split('.');
    // The keys above were written when their own section began, except those that the user chooses.
    const from = steps[0] === 'oauth' ? 0 : Math.max(0, steps.length - 1);
    const headers = steps.slice(from).map((step, index) => `#${indent(from + index)}${step}:`);
    const lines = entries.flatMap((entry) => yamlEntry(entry, steps.length));
    return [...headers, ...lines, ...(hasTablesBelow ? [] : [''])];
  },
  profiles() {
    return [
      '#profiles:',
      ...prose('All keys of a profile; it needs a name, and a provider or both base_url and default_model.'),
      ...referenceEntries().flatMap((entry, index) => yamlEntry(entry, 2, index === 0)),
      '',
      ...EXAMPLE_PROFILES.flatMap(([title, profile]) => [...prose(title), ...yamlProfile(profile), '']),
    ];
  },
};

function indent(depth) {
  return '  '.repeat(depth);
}

function yamlEntry({ key, value, text }, depth, isFirst = false) {
  return [...(text === undefined ? [] : prose(text)), ...yamlPair(key, value, depth, isFirst)];
}

function yamlPair(key, value, depth, isFirst) {
  const start = isFirst ? `${indent(depth - 1)}- ` : indent(depth);
  const isTable = typeof value === 'object' && !Array.isArray(value);
  if (!isTable) return [`#${start}${bare(key)}: ${flow(value)}`];
  const inner = Object.entries(value).map(([name, below]) => `#${indent(depth + 1)}${bare(name)}: ${flow(below)}`);
  return [`#${start}${bare(key)}:`, ...inner];
}

function yamlProfile(profile) {
  return Object.entries(profile).flatMap(([key, value], index) => yamlPair(key, value, 2, index === 0));
}

function flow(value) {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}
