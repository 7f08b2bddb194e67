import type { JsonObject } from '@claudex/sdk';
import { ToolMarkupReader, type MarkupPiece } from '@claudex/sdk/codec';

const OFFERED: ReadonlySet<string> = new Set(['Read', 'mcp__a-b__c']);

const SCHEMAS: { readonly [name: string]: JsonObject } = {
  Read: {
    type: 'object',
    properties: { path: { type: 'string' }, kind: { enum: ['1', '2'] }, count: { type: 'integer' } },
  },
};

export function reader(): ToolMarkupReader {
  return new ToolMarkupReader(
    (name) => OFFERED.has(name),
    (name) => SCHEMAS[name],
  );
}

/** What a reader makes of an answer, with neighbouring texts joined and arguments parsed. */
export function read(chunks: readonly string[]): (string | { readonly [name: string]: unknown })[] {
  const machine = reader();
  const pieces = [...chunks.flatMap((chunk) => machine.push(chunk)), ...machine.end()];
  const result: (string | { [name: string]: unknown })[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === 'call') result.push({ [piece.name]: JSON.parse(piece.arguments) as unknown });
    else if (typeof last === 'string') result[result.length - 1] = last + piece.text;
    else result.push(piece.text);
  }
  return result;
}

/** Everything that came out as text. */
export function textOf(pieces: readonly MarkupPiece[]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}
