/** What cuts a text into tokens. `'all'` makes it take special tokens such as `<|endoftext|>` for ordinary text. */
export interface Encoder {
  encode(text: string, special: 'all'): readonly number[];
}

/**
 * Texts are encoded in pieces of at most this many characters: merging takes time that grows with the square of the
 * longest run without a break, and a user may paste a run of a million letters.
 */
const PIECE_CHARACTERS = 256;

/** Counts the tokens of a text; a break inside a word, which only texts without spaces get, may add one. */
export function countText(encoder: Encoder, text: string): number {
  let tokens = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start);
    tokens += encoder.encode(text.slice(start, end), 'all').length;
    start = end;
  }
  return tokens;
}

/** Before the last space of the piece, because encodings put a space and the word behind it together. */
function endOfPiece(text: string, start: number): number {
  const end = start + PIECE_CHARACTERS;
  if (end >= text.length) return text.length;
  for (let at = end; at > start + PIECE_CHARACTERS / 2; at -= 1) if (text[at] === ' ') return at;
  return splitsPair(text, end) ? end - 1 : end;
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
