import { deepseek } from './deepseek.ts';
import { functionTag } from './function-tag.ts';
import { harmony } from './harmony.ts';
import { invokeDialects } from './invoke.ts';
import { kimi } from './kimi.ts';
import { llama } from './llama.ts';
import type { MarkupDialect } from './markup-dialect.ts';
import { mistral } from './mistral.ts';
import { toolCallTag } from './tool-call-tag.ts';

const DIALECTS: readonly MarkupDialect[] = [
  toolCallTag,
  functionTag,
  mistral,
  llama,
  deepseek,
  kimi,
  ...invokeDialects,
  harmony,
];

const BY_OPENING = new Map(
  DIALECTS.flatMap((dialect) => dialect.openings.map((opening) => [opening, dialect] as const)),
);
const OPENINGS = [...BY_OPENING.keys()];
const ANY_OPENING = new RegExp(
  OPENINGS.map((opening) => opening.replaceAll(/[[\]|]/g, String.raw`\$&`)).join('|'),
  'g',
);
const LONGEST_OPENING = Math.max(...OPENINGS.map((opening) => opening.length));

/** Where markup begins in a text, and by which dialect. */
export interface Opening {
  readonly place: number;
  readonly text: string;
  readonly dialect: MarkupDialect;
}

/** The first opening at or after a place. */
export function findOpening(text: string, from: number): Opening | undefined {
  ANY_OPENING.lastIndex = from;
  const match = ANY_OPENING.exec(text);
  const dialect = match === null ? undefined : BY_OPENING.get(match[0]);
  return match === null || dialect === undefined ? undefined : { place: match.index, text: match[0], dialect };
}

/** How many units at the end of a text could become an opening. */
export function possibleOpening(text: string): number {
  for (let length = Math.min(text.length, LONGEST_OPENING - 1); length > 0; length -= 1) {
    const end = text.slice(-length);
    if ((end.startsWith('<') || end.startsWith('[')) && OPENINGS.some((opening) => opening.startsWith(end)))
      return length;
  }
  return 0;
}
