import type { JsonObject, SseEvent } from '@claudex/sdk';

/** One piece of an answer of the made-up dialect; `kind` is the name of its event. */
export type ToyPiece = JsonObject & { readonly kind: string };

/** What the provider thinks, what it wants back, what it says, and the call it makes. */
export const TOOL_CALL: readonly ToyPiece[] = [
  { kind: 'think', text: 'A file ' },
  { kind: 'think', text: 'is needed.' },
  { kind: 'memo', text: 'memo-of-the-provider' },
  { kind: 'say', text: 'Let me ' },
  { kind: 'say', text: 'look.' },
  { kind: 'call', id: 'c:1', name: 'Read', input: '{"path":"a"}' },
  { kind: 'bye', why: 'calls', in: 20, out: 9 },
];

/** The answer after the result. */
export const PLAIN: readonly ToyPiece[] = [
  { kind: 'say', text: 'It says hello.' },
  { kind: 'bye', why: 'done', in: 31, out: 4 },
];

/** An answer that breaks off. */
export const FAILURE: readonly ToyPiece[] = [
  { kind: 'say', text: 'It' },
  { kind: 'oops', message: 'The provider is overloaded.' },
];

/** The pieces as events. */
export function toyEvents(pieces: readonly ToyPiece[]): SseEvent[] {
  return pieces.map((piece) => ({ event: piece.kind, data: JSON.stringify(piece) }));
}

/** The pieces as the text of an event stream. */
export function toyStream(pieces: readonly ToyPiece[]): string {
  return toyEvents(pieces)
    .map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`)
    .join('');
}
