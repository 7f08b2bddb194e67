import type { GeminiPart } from '../wire.ts';

/** A part as it is made here: of text, or of a file. */
export type SaidPart =
  | { text: string }
  | Required<Pick<GeminiPart, 'inlineData'>>
  | Required<Pick<GeminiPart, 'fileData'>>;

/** A text part. */
export function text(value: string): { text: string } {
  return { text: value };
}
