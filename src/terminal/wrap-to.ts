import stringWidth from 'string-width';

/**
 * A line in pieces of at most `width` columns of a terminal, broken between words; those behind the first begin with
 * `indent`. A word that is longer stays whole: a path or a command that is cut in two is of no use. Without a width as it is.
 */
export function wrapTo(line: string, width: number | undefined, indent = ''): string[] {
  if (width === undefined || stringWidth(line) <= width) return [line];
  const pieces: string[] = [];
  let piece = '';
  for (const [word] of line.matchAll(/\s*\S+/g)) {
    const isFirst = piece.trim() === '';
    if (!isFirst && stringWidth(piece + word) > width) {
      pieces.push(piece);
      piece = indent + word.trimStart();
    } else {
      piece += word;
    }
  }
  return [...pieces, piece];
}
