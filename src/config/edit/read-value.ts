import { usageError } from '../../errors/index.ts';
import { check } from '../check.ts';
import type { Kind } from '../kinds.ts';
import { isTable, printPath, type JsonLike, type Path } from '../tables.ts';
import { jsonOf, valueOfText } from '../value-of-text.ts';
import { kindAt } from './read-path.ts';

/**
 * A value from the command line as its key wants it: numbers and truth values as such, lists and tables as JSON, everything
 * else as text. Throws a usage error that names the key and what it takes, and never the value: it may be a secret.
 */
export function readValue(text: string, path: Path, isText: boolean): JsonLike {
  const kind = kindAt(path);
  const value = isText ? text : asWanted(text, kind);
  const problems: string[] = [];
  if (value === undefined) problems.push(`expected ${wanted(kind)} as JSON`);
  else if (kind !== undefined) {
    check(named(value, path), kind, path, (below, words) => {
      problems.push(below.length > path.length ? `${printPath(below)}: ${words()}` : words());
    });
  }
  if (value !== undefined && problems.length === 0) return value;
  throw usageError(
    'value-invalid',
    `${printPath(path)}: ${problems.join('; ')}`,
    'Nothing was written. Give a value of that kind.',
  );
}

/** Where a key takes several forms, only what cannot be meant as a text is read as JSON. */
function asWanted(text: string, kind: Kind | undefined): JsonLike | undefined {
  const isJson = kind === undefined || (kind.type === 'spelling' && /^(?:\[|\{|true$|false$)/.test(text.trim()));
  return (isJson ? jsonOf(text) : undefined) ?? valueOfText(text, kind);
}

function wanted(kind: Kind | undefined): string {
  return kind?.type === 'list' ? 'a list, such as ["one", "two"],' : 'a table, such as {"key": "value"},';
}

/** A whole profile need not repeat the name that stands in its key. */
function named(value: JsonLike, [list, name, ...rest]: Path): JsonLike {
  const isProfile = list === 'profiles' && typeof name === 'string' && rest.length === 0;
  return isProfile && isTable(value) ? { name, ...value } : value;
}
