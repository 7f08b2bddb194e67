import stringWidth from 'string-width';

/** Which part of a text gives way: its end, or its start, as with a path. */
export type Cut = 'end' | 'start';

const ELLIPSIS = '…';
/** Made when it is needed: making it costs as much as a small command. */
let graphemes: Intl.Segmenter | undefined;

/** The text in at most `width` columns of a terminal, with an ellipsis where something is missing. Without `cut` as it is. */
export function cutTo(text: string, width: number, cut: Cut | undefined): string {
  if (cut === undefined || stringWidth(text) <= width) return text;
  graphemes ??= new Intl.Segmenter();
  const letters = [...graphemes.segment(text)].map(({ segment }) => segment);
  if (cut === 'start') letters.reverse();
  const kept: string[] = [];
  let room = width - stringWidth(ELLIPSIS);
  for (const letter of letters) {
    room -= stringWidth(letter);
    if (room < 0) break;
    kept.push(letter);
  }
  return cut === 'start' ? ELLIPSIS + kept.toReversed().join('') : kept.join('') + ELLIPSIS;
}
