import type { JsonLike } from './tables.ts';

/** What a key may hold. Checks, defaults, environment values and merging all follow from it. */
export type Kind = Text | Quantity | Flag | Spelling | List | Dictionary | Group | Anything;

/** One key of a table. */
export interface Entry {
  readonly kind: Kind;
  /** One line for templates and documents. */
  readonly meaning: string;
  /** Absent: the key is absent unless somebody sets it. */
  readonly default?: JsonLike;
  /** A project file may set it without trust. */
  readonly untrusted?: true;
}

/** The keys of a table, in the order in which documents list them. */
export type Keys = { readonly [key: string]: Entry };

interface Text {
  readonly type: 'text';
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** What the pattern wants, in words. */
  readonly expected?: string;
  /** What is wrong with a text, where that takes other words than the pattern's. */
  readonly problem?: (value: string) => string | undefined;
}
interface Quantity {
  readonly type: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
}
interface Flag {
  readonly type: 'boolean';
}
/** A value with several spellings; `settle` returns the one spelling used inside, or undefined. */
interface Spelling {
  readonly type: 'spelling';
  readonly expected: string;
  readonly settle: (value: unknown) => JsonLike | undefined;
  /** What can be settled, as JSON Schema: for editors. */
  readonly schema: { readonly [keyword: string]: JsonLike };
  /** What is wrong with a value that cannot be settled, where that takes other words. */
  readonly problem?: (value: unknown) => string | undefined;
}
interface List {
  readonly type: 'list';
  readonly of: Kind;
  /** Entries are tables that merge by this key instead of being replaced as a whole. */
  readonly mergeBy?: string;
}
/** A table whose keys the user chooses. */
interface Dictionary {
  readonly type: 'dictionary';
  readonly of: Kind;
  readonly keyPattern?: RegExp;
  readonly keyExpected?: string;
}
interface Group {
  readonly type: 'table';
  readonly keys: Keys;
}
/** A table that only its owner understands. */
interface Anything {
  readonly type: 'anything';
}

export const text: Text = { type: 'text', pattern: /\S/, expected: 'a text that is not empty', problem: nulProblem };
/** A text where nothing between the quotes means "not set". */
export const optionalText: Text = { type: 'text', problem: nulProblem };
export const flag: Flag = { type: 'boolean' };
export const anything: Anything = { type: 'anything' };

/** Most texts end up in an environment, a command line or an address, and none of these can hold it. */
function nulProblem(value: string): string | undefined {
  return value.includes('\0') ? 'expected a text without NUL characters' : undefined;
}

/** A longer time would overflow the system's timers. */
const LONGEST_SECONDS = 2_000_000;

/** A time in seconds, fractions allowed. */
export const seconds: Quantity = { type: 'number', min: 0, max: LONGEST_SECONDS };
export const share: Quantity = { type: 'number', min: 0, max: 1 };

export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Quantity {
  return { type: 'integer', min, max };
}

export function table(keys: Keys): Group {
  return { type: 'table', keys };
}

/** The same keys for a place where absent means "as above", so without defaults. */
export function overrides(keys: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).map(([key, { kind, meaning }]) => [key, { kind, meaning }]));
}

/** Texts by a name the user chooses. */
export function texts(key: { pattern: RegExp; expected: string } = { pattern: /\S/, expected: 'a name' }): Dictionary {
  return { type: 'dictionary', of: optionalText, keyPattern: key.pattern, keyExpected: key.expected };
}

/** What a key below a kind may hold; undefined below what has no keys, and for a key that does not exist. */
export function kindBelow(kind: Kind | undefined, key: string | number): Kind | undefined {
  if (kind?.type === 'table') return Object.hasOwn(kind.keys, key) ? kind.keys[key]?.kind : undefined;
  return kind?.type === 'dictionary' ? kind.of : undefined;
}
