import { text } from 'node:stream/consumers';
import { usageError } from '../errors/index.ts';

/** Longer than any key there is, in characters. */
const LONGEST_KEY = 16 * 1024;

/** What is wrong with a key, in words that do not quote it; undefined when it fits into a header. */
export function keyProblem(key: string): string | undefined {
  const trimmed = key.trim();
  if (trimmed === '') return 'the key is empty';
  if (trimmed.length > LONGEST_KEY) return 'the key is longer than 16 KiB';
  if (/[\r\n]/.test(trimmed)) return 'the key has more than one line';
  return /^[\x21-\x7e]+$/.test(trimmed)
    ? undefined
    : 'the key has characters that no key has, such as blanks or accents';
}

/** Reads a key from a pipe. Throws a usage error for what can be none. */
export async function readKeyFrom(stream: NodeJS.ReadableStream): Promise<string> {
  const key = (await text(limited(stream))).trim();
  const problem = keyProblem(key);
  if (problem === undefined) return key;
  throw usageError(
    'key-unusable',
    `--api-key-stdin: ${problem}`,
    'Write the key, and nothing else, to the standard input.',
  );
}

/** Ends early where more comes than can be a key. */
async function* limited(stream: NodeJS.ReadableStream): AsyncGenerator<string | Buffer> {
  let size = 0;
  for await (const piece of stream) {
    yield piece;
    size += piece.length;
    if (size > 2 * LONGEST_KEY) return;
  }
}
