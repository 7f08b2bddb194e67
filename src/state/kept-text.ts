/** The beginning of a text that is kept. */
export interface KeptText {
  readonly text: string;
  /** Of the whole text as it was, in UTF-8. */
  readonly bytes: number;
  /** Whether `text` is not all of it. */
  readonly truncated: boolean;
}

const MOST_BYTES = 1024 * 1024;
/** Longer than any secret, in characters: one that begins before the cut is recognised as a whole. */
const MARGIN = 16 * 1024;

/** The first MiB of a text, without what `scrub` takes out. */
export function cutText(text: string, scrub: (text: string) => string, mostBytes = MOST_BYTES): KeptText {
  const bytes = Buffer.byteLength(text);
  const isLong = text.length > mostBytes + MARGIN;
  const clean = scrub(isLong ? text.slice(0, mostBytes + MARGIN) : text);
  // What was cut off may have been the other half of a secret at the very end.
  const kept = Buffer.from(isLong ? clean.slice(0, -MARGIN) : clean);
  const truncated = isLong || kept.length > mostBytes;
  const end = kept.length > mostBytes ? startOfCharacter(kept, mostBytes) : kept.length;
  return { text: kept.toString('utf8', 0, end), bytes, truncated };
}

/** No character is cut in two: continuation bytes of UTF-8 begin with the bits 10. */
function startOfCharacter(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
