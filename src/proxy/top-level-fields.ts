/** Where a top-level value stands in the bytes of a JSON object: from `start` up to but not including `end`. */
export interface FieldRange {
  /** Where its quoted name begins. */
  readonly nameStart: number;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** How much of a string is looked at byte by byte. */
const NEAR_BYTES = 64;

/**
 * Finds the top-level fields of a JSON object without parsing what is inside them, so that a pass-through can
 * read and change a few fields of a large body and leave every other byte alone. When a name occurs twice the
 * last one counts, as with JSON.parse. Returns `undefined` when the bytes are not one well-bracketed object.
 */
export function findTopLevelFields(body: Buffer): Map<string, FieldRange> | undefined {
  const fields = new Map<string, FieldRange>();
  let at = skipSpace(body, 0);
  if (body[at] !== OPEN_BRACE) return undefined;
  at = skipSpace(body, at + 1);
  if (body[at] === CLOSE_BRACE) return skipSpace(body, at + 1) === body.length ? fields : undefined;
  for (;;) {
    if (body[at] !== QUOTE) return undefined;
    const nameEnd = endOfString(body, at);
    if (nameEnd < 0) return undefined;
    const nameStart = at;
    const name = parseString(body, nameStart, nameEnd);
    const colon = skipSpace(body, nameEnd);
    if (name === undefined || body[colon] !== COLON) return undefined;
    const start = skipSpace(body, colon + 1);
    const end = endOfValue(body, start);
    if (end <= start) return undefined;
    fields.set(name, { nameStart, start, end });
    at = skipSpace(body, end);
    if (body[at] === CLOSE_BRACE) return skipSpace(body, at + 1) === body.length ? fields : undefined;
    if (body[at] !== COMMA) return undefined;
    at = skipSpace(body, at + 1);
  }
}

/** Parses the value of a top-level field; `undefined` when it is absent or not JSON. */
export function readField(body: Buffer, fields: ReadonlyMap<string, FieldRange>, name: string): unknown {
  const range = fields.get(name);
  if (!range) return undefined;
  try {
    return JSON.parse(body.toString('utf8', range.start, range.end)) as unknown;
  } catch {
    return undefined;
  }
}

function skipSpace(body: Buffer, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x0a || body[at] === 0x0d || body[at] === 0x09) at++;
  return at;
}

/** The index after the closing quote of the string that opens at `from`, or -1. */
function endOfString(body: Buffer, from: number): number {
  // Most strings are short, and a call into native code costs more than looking at so few bytes.
  const near = Math.min(from + 1 + NEAR_BYTES, body.length);
  let at = from + 1;
  while (at < near) {
    const byte = body[at];
    if (byte === QUOTE) return at + 1;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return endOfLongString(body, at);
}

/** The same from inside a string; `from` is no escaped character. */
function endOfLongString(body: Buffer, from: number): number {
  let at = from;
  for (;;) {
    // indexOf runs natively: a body is mostly long strings.
    const quote = body.indexOf(QUOTE, at);
    if (quote < 0) return -1;
    let backslashes = 0;
    while (quote - 1 - backslashes >= from && body[quote - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** The index after the value that starts at `from`; equal to `from` when there is none. */
function endOfValue(body: Buffer, from: number): number {
  let at = from;
  let depth = 0;
  while (at < body.length) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = endOfString(body, at);
      if (at < 0) return from;
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09))
      return at;
    at++;
  }
  return depth === 0 ? at : from;
}

function parseString(body: Buffer, start: number, end: number): string | undefined {
  try {
    return JSON.parse(body.toString('utf8', start, end)) as string;
  } catch {
    return undefined;
  }
}
