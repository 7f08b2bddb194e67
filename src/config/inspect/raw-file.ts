import { failure } from '../../errors/index.ts';
import { parseFile } from '../file-source.ts';
import { Problems } from '../problem.ts';
import { readText } from '../read-text.ts';
import { maskedFileText } from './masked-file-text.ts';

/** A configuration file as it is on disk. */
export interface RawFile {
  readonly file: string;
  readonly text: string;
  /** The same without secrets, comments and layout kept. */
  readonly masked: string;
}

/** Reads a configuration file for printing, also one that cannot be parsed. */
export async function rawFile(file: string): Promise<RawFile> {
  const read = await readText(file);
  if ('problem' in read)
    throw failure('config-unreadable', `${file} ${read.problem}`, 'Name a configuration file that you may read.');
  const parsed = await parseFile(file, new Problems());
  return { file, text: read.text, masked: maskedFileText(read.text, parsed?.values) };
}
