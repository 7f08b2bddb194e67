import type { ResponsesEvent } from '../wire-answer.ts';

/*
 * Most events of a stream are the one before with another piece of text in it. Parsing is most of what such an event
 * costs, so it is only compared: everything around the piece, a number and a padding must be what it was.
 *
 * That gives exactly what parsing would have given. The event before was parsed, and where its text has no backslash,
 * every quote in it begins or ends a string; a field of the event whose name stands in the text only once is then found
 * for certain. The same text around another number without leading zeros, and around other strings without quotes,
 * backslashes and control characters, is the same object with these values. Everything else is parsed.
 */

/** An event that was recognised, without the fields that differ and that nobody reads. */
type DeltaEvent = ResponsesEvent & { readonly type: string; readonly delta: string };

/** A field that may differ. */
type Field = 'sequence_number' | 'delta' | 'obfuscation';

/** Where the value of a field stands in the text of an event, a string without its quotes. */
interface Hole {
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

const FIELDS: readonly Field[] = ['sequence_number', 'delta', 'obfuscation'];
/** In UTF-16 units. V8 copies pieces up to here; a longer one would keep all that it was cut from in memory. */
const MAX_PIECE = 12;
/** So many frames in a row into which nothing fitted say that this server's events are not alike. */
const MAX_UNUSED = 8;
/** A whole number as JSON spells it, without a sign. */
const NUMBER = /^(?:0|[1-9]\d*)$/;
/**
 * What a string in JSON cannot hold, or holds only in another spelling: everything but the characters from the space on,
 * without the quote and the backslash.
 */
const UNUSUAL = /[^ !#-[\]-\uFFFF]/;

/** What the last event looked like around its piece of text. */
export class DeltaFrame {
  #fields: Field[] = [];
  /** What stands before the first of the fields, between two of them, and after the last. */
  #texts: string[] = [];
  #rest: ResponsesEvent = {};
  #name: string | undefined;
  #type = '';
  #unused = 0;

  /** Takes the look of an event that was parsed. `name` is that of its `event:` line. */
  learn(data: string, name: string | undefined, event: ResponsesEvent): void {
    const { type, delta } = event;
    if (typeof type !== 'string' || typeof delta !== 'string' || delta.length > MAX_PIECE) return;
    if (this.#unused >= MAX_UNUSED || data.includes('\\')) return;
    const holes: Hole[] = [];
    for (const field of FIELDS) {
      if (event[field] === undefined) continue;
      const hole = holeOf(data, field, event[field]);
      if (hole === undefined) return;
      holes.push(hole);
    }
    holes.sort((one, other) => one.start - other.start);
    this.#fields = holes.map(({ field }) => field);
    const starts = [0, ...holes.map(({ end }) => end)];
    this.#texts = starts.map((start, index) => copyOf(data.slice(start, holes[index]?.start)));
    const { sequence_number: _number, obfuscation: _padding, ...rest } = event;
    this.#rest = rest;
    this.#name = name === undefined ? undefined : copyOf(name);
    this.#type = type;
    this.#unused += 1;
  }

  /** The event, where it has the look of the one that was learned; else `undefined`. */
  read(data: string, name: string | undefined): DeltaEvent | undefined {
    const first = this.#texts[0];
    if (first === undefined || name !== this.#name) return undefined;
    let start = first.length;
    // `startsWith` would be compiled into a loop over the characters, five times as slow.
    if (data.slice(0, start) !== first) return undefined;
    let delta = '';
    for (let index = 0; index < this.#fields.length; index += 1) {
      const text = this.#texts[index + 1] ?? '';
      // Behind a string stands its quote, and no string that fits has one, so the first place is the right one.
      const end = data.indexOf(text, start);
      if (end < 0) return undefined;
      const value = data.slice(start, end);
      const field = this.#fields[index];
      if (field === 'sequence_number' ? !NUMBER.test(value) : UNUSUAL.test(value)) return undefined;
      if (field === 'delta') delta = value;
      start = end + text.length;
    }
    if (start !== data.length || delta.length > MAX_PIECE) return undefined;
    this.#unused = 0;
    return { ...this.#rest, type: this.#type, delta };
  }
}

/** Where a field of a parsed event stands; `undefined` where that is not certain, or its value is an unusual one. */
function holeOf(data: string, field: Field, value: unknown): Hole | undefined {
  const name = `"${field}"`;
  const at = data.indexOf(name);
  if (at < 0 || at !== data.lastIndexOf(name) || data[at + name.length] !== ':') return undefined;
  const after = at + name.length + 1;
  const begin = data[after] === ' ' ? after + 1 : after;
  const isNumber = field === 'sequence_number';
  if (typeof value !== (isNumber ? 'number' : 'string')) return undefined;
  const spelled = String(value);
  const start = isNumber ? begin : begin + 1;
  const end = start + spelled.length;
  const isThere = data.startsWith(isNumber ? spelled : `"${spelled}"`, begin);
  const isUsual = isNumber ? NUMBER.test(spelled) && /[,}]/.test(data[end] ?? '') : !UNUSUAL.test(spelled);
  return isThere && isUsual ? { field, start, end } : undefined;
}

/** The same string as one of its own: a slice is slower to compare, and keeps what it was cut from in memory. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
