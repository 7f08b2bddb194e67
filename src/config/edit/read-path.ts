import { usageError } from '../../errors/index.ts';
import { kindBelow, type Kind } from '../kinds.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { documentKind } from '../schema.ts';
import { isTable, printWord, valueAt, type Path } from '../tables.ts';
import { profileIndex } from './profile-edits.ts';

/**
 * Reads `timeouts.idle_s`, `profiles.0.models.opus`, `profiles[0]` or `profiles.grok.default_model` as a path into `values`,
 * with the profile's place in them. A name with a dot in it stands in quotes, unless it is that of a profile. A profile that
 * the values do not have keeps its name. Throws a usage error for an unknown key.
 */
export function readPath(text: string, values: unknown): Path {
  const words = wordsOf(text);
  const path: (string | number)[] = [];
  let kind: Kind | undefined = documentKind;
  for (let at = 0; at < words.length; at += 1) {
    let word = words[at] ?? '';
    if (kind?.type === 'list' && kind.mergeBy !== undefined) {
      const taken = profileWords(words, at, values);
      word = words.slice(at, at + taken).join('.');
      at += taken - 1;
      path.push(profileIndex(values, word) ?? (/^\d+$/.test(word) ? Number(word) : word));
    } else path.push(stepOf(word, kind, text, valueAt(values, path)));
    kind = kind?.type === 'list' ? kind.of : kindBelow(kind, word);
  }
  return path;
}

/** The kind of value that a path leads to; undefined where anything may stand. */
export function kindAt(path: Path): Kind | undefined {
  return path.reduce<Kind | undefined>(
    (kind, step) => (kind?.type === 'list' ? kind.of : kindBelow(kind, step)),
    documentKind,
  );
}

/** A path into merged values as one that leads to the same in any file: the profile goes by its name. */
export function namedPath(path: Path, values: unknown): Path {
  const [list, place, ...rest] = path;
  const name = list === 'profiles' && typeof place === 'number' ? valueAt(values, [list, place, 'name']) : undefined;
  return typeof name === 'string' ? ['profiles', name, ...rest] : path;
}

/** How many words make up the longest name that a profile has. */
function profileWords(words: readonly string[], at: number, values: unknown): number {
  for (let count = words.length - at; count > 1; count -= 1) {
    if (profileIndex(values, words.slice(at, at + count).join('.')) !== undefined) return count;
  }
  return 1;
}

function stepOf(word: string, kind: Kind | undefined, text: string, value: unknown): string | number {
  if (kind?.type === 'list' || (kind === undefined && Array.isArray(value))) {
    if (/^\d+$/.test(word)) return Number(word);
    throw unknownKey(text, `"${printWord(word)}" is no place in a list`, 'Places are numbers and begin with 0.');
  }
  if (kind?.type === 'table' && !Object.hasOwn(kind.keys, word)) {
    const meant = didYouMean(nearest(word, Object.keys(kind.keys)));
    throw unknownKey(text, `there is no key "${printWord(word)}"${meant}`, '"claudex config show" lists the keys.');
  }
  if (kind !== undefined && !['table', 'dictionary', 'anything'].includes(kind.type) && !isTable(value)) {
    throw unknownKey(text, `nothing is below a single value, so not "${printWord(word)}"`, 'Name the key above it.');
  }
  return word;
}

function unknownKey(text: string, problem: string, remedy: string): Error {
  return usageError('unknown-key', `${text.split('.').map(printWord).join('.')}: ${problem}`, remedy);
}

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\[(\d+)\]|([^.[\]"']+)/y;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    if (words.length > 0 && text[WORD.lastIndex] === '.') WORD.lastIndex += 1;
    const found = WORD.exec(text);
    if (found === null) break;
    words.push(found[1]?.replaceAll(/\\(.)/g, '$1') ?? found[2] ?? found[3] ?? found[4] ?? '');
    if (WORD.lastIndex === text.length) return words;
  }
  throw unknownKey(
    text,
    'this is no key',
    'Write it with dots, as in "timeouts.idle_s"; a name with a dot in it stands in quotes.',
  );
}
