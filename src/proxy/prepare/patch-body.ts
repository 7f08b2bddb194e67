import type { FieldRange } from '../top-level-fields.ts';

/** A new value for a top-level field, or `undefined` to take the field out. */
export type FieldChanges = ReadonlyMap<string, unknown>;

/**
 * Copies a JSON object's bytes with a few top-level fields changed, added or removed. Every untouched field
 * keeps its bytes; without a change the very same buffer is returned.
 */
export function patchBody(body: Buffer, fields: ReadonlyMap<string, FieldRange>, changes: FieldChanges): Buffer {
  const relevant = [...changes].filter(([name, value]) => value !== undefined || fields.has(name));
  if (relevant.length === 0) return body;
  const onlyReplaces = relevant.every(([name, value]) => value !== undefined && fields.has(name));
  return onlyReplaces ? replaceInPlace(body, fields, relevant) : rebuild(body, fields, new Map(relevant));
}

function replaceInPlace(
  body: Buffer,
  fields: ReadonlyMap<string, FieldRange>,
  changes: readonly (readonly [string, unknown])[],
): Buffer {
  const splices = changes.flatMap(([name, value]) => {
    const range = fields.get(name);
    return range ? [{ ...range, text: JSON.stringify(value) }] : [];
  });
  const pieces: Buffer[] = [];
  let at = 0;
  for (const splice of splices.sort((a, b) => a.start - b.start)) {
    pieces.push(body.subarray(at, splice.start), Buffer.from(splice.text));
    at = splice.end;
  }
  pieces.push(body.subarray(at));
  return Buffer.concat(pieces);
}

function rebuild(body: Buffer, fields: ReadonlyMap<string, FieldRange>, changes: FieldChanges): Buffer {
  const entries: Buffer[] = [];
  for (const [name, range] of fields) {
    if (!changes.has(name)) entries.push(body.subarray(range.nameStart, range.end));
    else if (changes.get(name) !== undefined) entries.push(entryOf(name, changes.get(name)));
  }
  for (const [name, value] of changes) {
    if (!fields.has(name)) entries.push(entryOf(name, value));
  }
  const pieces = entries.flatMap((entry, index) => (index === 0 ? [entry] : [Buffer.from(','), entry]));
  return Buffer.concat([Buffer.from('{'), ...pieces, Buffer.from('}')]);
}

function entryOf(name: string, value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
}
