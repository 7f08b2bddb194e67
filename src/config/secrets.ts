import type { Configuration } from './configuration.ts';
import { isPlaceholder, publicWords } from './public-words.ts';
import { keyringKey } from './read-keys.ts';
import { namesSecret } from './secret-names.ts';
import { isTable } from './tables.ts';

/** What is printed instead of a secret: always the same, so that it does not even tell the length. */
export const MASK = '********';

/** Shorter texts are too likely to occur by accident. */
const SHORTEST_SECRET = 6;

/** Tables in which the user chooses the keys, and where these say nothing about the values. */
const FREE_NAMES: ReadonlySet<string> = new Set(['model_aliases', 'rules', 'models', 'backup_models']);

/**
 * Every secret the configuration holds or names, and those given, to be looked for in texts: for the child's environment, for
 * {@link masked}. A placeholder that is also the name of something is not among them. `keys` is the environment, or what
 * `readKeys` made of it.
 */
export function secretsOf(
  configuration: Configuration,
  keys: NodeJS.ProcessEnv,
  more: readonly (string | undefined)[] = [],
): string[] {
  const named = configuration.profiles.flatMap(({ api_key_env: variable, api_key_keyring: entry }) => [
    (variable && keys[variable]) ?? '',
    (entry && keys[keyringKey(entry)]) ?? '',
  ]);
  const all = [...secretsIn(configuration), ...named, ...more.filter((secret) => secret !== undefined)];
  return withoutPlaceholders(distinct(all), configuration);
}

/** The secrets that can be looked for in texts without hiding what the profiles are called. */
export function withoutPlaceholders(secrets: readonly string[], values: unknown): string[] {
  const words = publicWords(values);
  return secrets.filter((secret) => !isPlaceholder(secret, words));
}

/** The values of everything whose name says that it is a secret, also without a scheme such as `Bearer`. */
export function secretsIn(values: unknown): string[] {
  const found: string[] = [];
  walk(values, false, (text, isNamed) => {
    if (isNamed) found.push(text, text.replace(/^\S+\s+/, ''));
    return text;
  });
  return distinct(found);
}

/**
 * A copy that may be printed: without what a name marks as a secret, without the known secrets wherever they
 * stand in a text, and without logins and secret parameters of addresses.
 */
export function masked<Value>(value: Value, secrets: readonly string[]): Value {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).toSorted((a, b) => b.length - a.length);
  const mask = (text: string, isNamed: boolean): string => {
    if (text === '') return text;
    return isNamed ? MASK : maskedText(text, known);
  };
  return walk(value, false, mask) as Value;
}

/** Whether a text is one of these secrets or has one inside, as in `Bearer …`. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => secret.length >= SHORTEST_SECRET && text.includes(secret));
}

function maskedText(text: string, secrets: readonly string[]): string {
  const withoutKnown = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  return withoutKnown
    .replaceAll(LOGIN, `$<start>${MASK}@`)
    .replaceAll(PARAMETER, (whole: string, start: string, name: string) =>
      namesSecret(decoded(name)) ? `${start}${name}=${MASK}` : whole,
    )
    .replaceAll(SCHEME, `$<scheme> ${MASK}`);
}

/** `user:password@` in an address. A password may have an `@` or a slash in it that should have been encoded. */
const LOGIN = /(?<start>:\/\/)(?:[^\s:/?#@]{0,200}:(?!\d+[/?#])\S{0,200}@|[^\s/?#@]*@)/g;
const PARAMETER = /([?&;])([^?=&;#\s]{1,100})=[^&;#\s]+/g;
const SCHEME = /\b(?<scheme>bearer|basic)\s+[^\s"']+/gi;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

type Change = (text: string, isNamed: boolean) => string;

/** Copies plain values; texts, and numbers below a secret name, go through `change`. */
function walk(value: unknown, isNamed: boolean, change: Change, namesAreFree = false): unknown {
  if (typeof value === 'string') return change(value, isNamed);
  if (typeof value === 'number' && isNamed) return change(String(value), isNamed);
  if (Array.isArray(value)) return value.map((below) => walk(below, isNamed, change));
  if (!isTable(value)) return value;
  const entries = Object.entries(value).map(([key, below]): [string, unknown] => {
    const isSecret = isNamed || (!namesAreFree && namesSecret(key));
    return [key, walk(below, isSecret, change, FREE_NAMES.has(key))];
  });
  return Object.fromEntries(entries);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}
