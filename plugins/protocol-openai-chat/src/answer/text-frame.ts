import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { ChatAnswer } from '../wire.ts';

/*
 * Most events of a stream are the one before with another piece of text in it, and parsing is nearly all that such an
 * event costs. So it is only compared: everything around the piece and around a padding must be what it was.
 *
 * That gives exactly what parsing would have given. The event before was parsed, and where its text has no backslash,
 * every quote in it begins or ends a string; a field whose name stands in the text only once is then found for certain.
 * The same text around other strings without quotes, backslashes and control characters is the same object with these
 * values. Everything else is parsed.
 */

/** Fields of a delta that hold a piece of text or reasoning. */
const TEXT_FIELDS = ['content', 'reasoning_content', 'reasoning'] as const;
/** Padding that OpenAI puts beside the choices. */
const PADDING = 'obfuscation';
/** In UTF-16 units. V8 copies pieces up to here; a longer one would keep all that it was cut from in memory. */
const MAX_PIECE = 12;
/** So many frames in a row into which nothing fitted say that this server's events are not alike. */
const MAX_UNUSED = 8;
/** What a string in JSON cannot hold, or holds only in another spelling. */
const UNUSUAL = /[^ !#-[\]-\uFFFF]/;

/** Where the value of a field stands in the text of an event, without its quotes. */
interface Hole {
  readonly isText: boolean;
  readonly start: number;
  readonly end: number;
}

/** What the last event looked like around its piece of text. */
export class TextFrame {
  #field: (typeof TEXT_FIELDS)[number] = 'content';
  /** Which of the holes is the piece of text. */
  #isText: boolean[] = [];
  /** What stands before the first hole, between two of them, and after the last. */
  #texts: string[] = [];
  #name: string | undefined;
  #unused = 0;

  /** Takes the look of a chunk that was parsed, if it said nothing but a piece of text. `name` is that of its `event:` line. */
  learn(data: string, name: string | undefined, chunk: JsonObject): void {
    if (this.#unused >= MAX_UNUSED || data.includes('\\')) return;
    const delta = plainDelta(chunk);
    const field = delta && onlyText(delta);
    if (delta === undefined || field === undefined) return;
    const piece = holeOf(data, field, delta[field], true);
    const padding = chunk[PADDING] === undefined ? null : holeOf(data, PADDING, chunk[PADDING], false);
    if (piece === undefined || padding === undefined) return;
    const holes = padding === null ? [piece] : [piece, padding].toSorted((one, other) => one.start - other.start);
    const starts = [0, ...holes.map(({ end }) => end)];
    this.#field = field;
    this.#isText = holes.map(({ isText }) => isText);
    this.#texts = starts.map((start, index) => copyOf(data.slice(start, holes[index]?.start)));
    this.#name = name;
    this.#unused += 1;
  }

  /** What the event adds to the answer, where it has the look of the one that was learned; else `undefined`. */
  read(data: string, name: string | undefined): ChatAnswer | undefined {
    const first = this.#texts[0];
    if (first === undefined || name !== this.#name) return undefined;
    let start = first.length;
    // `startsWith` would be compiled into a loop over the characters, five times as slow.
    if (data.slice(0, start) !== first) return undefined;
    let piece = '';
    for (let index = 0; index < this.#isText.length; index += 1) {
      const text = this.#texts[index + 1] ?? '';
      // Behind a string stands its quote, and no string that fits has one, so the first place is the right one.
      const end = data.indexOf(text, start);
      if (end < 0) return undefined;
      const value = data.slice(start, end);
      if (UNUSUAL.test(value)) return undefined;
      if (this.#isText[index] === true) piece = value;
      start = end + text.length;
    }
    if (start !== data.length || piece.length > MAX_PIECE) return undefined;
    this.#unused = 0;
    return { [this.#field]: piece };
  }
}

/** The delta of a chunk with one choice and nothing else that anybody reads. */
function plainDelta(chunk: JsonObject): JsonObject | undefined {
  const { choices } = chunk;
  if (!Array.isArray(choices) || choices.length !== 1) return undefined;
  for (const field in chunk) {
    if (field !== 'choices' && typeof chunk[field] === 'object' && chunk[field] !== null) return undefined;
  }
  const [choice] = choices;
  if (!isJsonObject(choice) || !isJsonObject(choice['delta'])) return undefined;
  for (const field in choice) {
    if (field !== 'delta' && field !== 'index' && choice[field] !== null) return undefined;
  }
  return chunk['error'] || chunk['citations'] || chunk['search_results'] ? undefined : choice['delta'];
}

/** The one field of a delta that says something, where that is text. */
function onlyText(delta: JsonObject): (typeof TEXT_FIELDS)[number] | undefined {
  const said = Object.keys(delta).filter((field) => field !== 'role' && delta[field] !== null && delta[field] !== '');
  return said.length === 1 ? TEXT_FIELDS.find((field) => field === said[0]) : undefined;
}

/** Where a string of a parsed event stands; `undefined` where that is not certain, or it is an unusual one. */
function holeOf(data: string, field: string, value: unknown, isText: boolean): Hole | undefined {
  if (typeof value !== 'string' || UNUSUAL.test(value) || (isText && value.length > MAX_PIECE)) return undefined;
  const name = `"${field}"`;
  const at = data.indexOf(name);
  if (at < 0 || at !== data.lastIndexOf(name) || data[at + name.length] !== ':') return undefined;
  const after = at + name.length + 1;
  const begin = data[after] === ' ' ? after + 1 : after;
  if (!data.startsWith(`"${value}"`, begin)) return undefined;
  return { isText, start: begin + 1, end: begin + 1 + value.length };
}

/** The same string as one of its own: a slice is slower to compare, and keeps what it was cut from in memory. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
