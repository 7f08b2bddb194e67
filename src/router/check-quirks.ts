import {
  CONDITIONAL_QUIRKS,
  QUIRK_KINDS,
  isJsonObject,
  type Provider,
  type QuirkKind,
  type Quirks,
} from '@claudex/sdk';
import { nearest, type Profile } from '../config/index.ts';
import { usageError } from '../errors/index.ts';

const KINDS: { readonly [name: string]: QuirkKind } = QUIRK_KINDS;

/**
 * The quirks that a profile says, none when it says none. Throws a usage error for a name that nobody knows and for a value
 * that it cannot have. Names that only the provider uses are its own protocol's, which alone knows what they may be.
 */
export function quirksOf(profile: Profile, provider: Provider): Quirks {
  const quirks = profile.quirks ?? {};
  const own = ownNames(provider);
  for (const [name, value] of Object.entries(quirks)) {
    if (Object.hasOwn(KINDS, name)) check(`quirks.${name}`, value, KINDS[name], profile);
    else if (!own.has(name)) throw unknown(`quirks.${name}`, name, [...Object.keys(KINDS), ...own], profile);
  }
  return quirks;
}

/** Whatever the provider itself says of quirks, in all the places where it can. */
function ownNames({ quirks, wires = {}, knownModels = [] }: Provider): ReadonlySet<string> {
  const all = [{ quirks }, ...Object.values(wires), ...knownModels];
  return new Set(all.flatMap((place) => Object.keys(place.quirks ?? {})));
}

function check(path: string, value: unknown, kind: QuirkKind | undefined, profile: Profile): void {
  if (kind === 'conditional' && isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const known = Object.keys(CONDITIONAL_QUIRKS);
      if (!known.includes(name)) throw unknown(`${path}.${name}`, name, known, profile);
      check(`${path}.${name}`, inner, KINDS[name], profile);
    }
    return;
  }
  if (kind === undefined || fits(value, kind)) return;
  throw usageError(
    'quirk-unusable',
    `${path} of profile "${profile.name}" cannot be ${shown(value)}: it is ${meaningOf(kind)}`,
    `Correct it, or take ${path} out to have what the provider has.`,
  );
}

function fits(value: unknown, kind: QuirkKind): boolean {
  if (typeof kind === 'object') {
    if ('list' in kind) return isListOf(value, (entry) => isWord(entry, kind.list));
    return isWord(value, kind.words) || (kind.orSwitch === true && typeof value === 'boolean');
  }
  switch (kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'texts':
      return isListOf(value, (entry) => typeof entry === 'string');
    case 'words':
      return isJsonObject(value) && Object.values(value).every((word) => typeof word === 'string');
    default:
      return isJsonObject(value) && kind === 'fields';
  }
}

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry);
}

function isWord(value: unknown, words: { readonly [word: string]: true }): boolean {
  return typeof value === 'string' && Object.hasOwn(words, value);
}

const MEANINGS: { readonly [Kind in Extract<QuirkKind, string>]: string } = {
  switch: 'true or false',
  count: 'a whole number from 0',
  number: 'a number',
  text: 'a text',
  texts: 'a list of texts',
  fields: 'a table',
  words: 'a table of texts',
  conditional: 'a table of quirks',
};

function meaningOf(kind: QuirkKind): string {
  if (typeof kind === 'string') return MEANINGS[kind];
  if ('list' in kind) return `a list of ${Object.keys(kind.list).join(', ')}`;
  const words = Object.keys(kind.words).join(', ');
  return kind.orSwitch === true ? `true, false or ${words}` : `one of ${words}`;
}

function unknown(path: string, name: string, known: readonly string[], profile: Profile): Error {
  const close = nearest(name, known);
  const advice = close === undefined ? 'Correct it or take it out.' : `Did you mean "${close}"?`;
  return usageError(
    'quirk-unknown',
    `profile "${profile.name}" has ${path}, which is no quirk`,
    `${advice} The plugin reference, docs/plugins/reference.md, has all of them.`,
  );
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= 80 ? json : `${json.slice(0, 80)}…`;
}
