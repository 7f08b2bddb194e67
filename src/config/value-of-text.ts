import type { Kind } from './kinds.ts';
import type { JsonLike } from './tables.ts';

/**
 * A text, from a variable or the command line, as its key wants it: numbers and truth values as such, lists and tables as
 * JSON, everything else as text. Text that does not fit stays text, for the check to report; undefined for what had to be
 * JSON and is none.
 */
export function valueOfText(text: string, kind: Kind | undefined): JsonLike | undefined {
  switch (kind?.type) {
    case 'boolean':
      return TRUTH_VALUES.get(text.toLowerCase()) ?? text;
    case 'integer':
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case 'list':
    case 'dictionary':
    case 'table':
    case 'anything':
      return jsonOf(text);
    default:
      return text;
  }
}

const TRUTH_VALUES: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['off', false],
  ['no', false],
  ['0', false],
]);

/** JSON, or undefined. The parser's message is not used: it quotes the value, which may hold a key. */
export function jsonOf(text: string): JsonLike | undefined {
  try {
    return JSON.parse(text) as JsonLike;
  } catch {
    return undefined;
  }
}
