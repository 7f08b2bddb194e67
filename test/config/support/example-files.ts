import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';

/** The formats in which there is an example file. */
export const FORMATS = ['toml', 'yaml'] as const;

/** The text of an example file as it is shipped. */
export function exampleFile(format: (typeof FORMATS)[number]): string {
  return readFileSync(join(ROOT, 'templates', `config.example.${format}`), 'utf8');
}

/** The text with every setting switched on: prose has one blank behind its "#", a setting none, or two and more. */
export function uncommented(text: string): string {
  return text.replaceAll(/^#(?=[^\s:]| {2})/gm, '');
}
