import { readFile, stat } from 'node:fs/promises';
import { systemCodeOf } from '../errors/index.ts';

const LARGEST_BYTES = 1024 * 1024;

/** What became of an attempt to read a configuration file: its text as it is on disk, or why there is none. */
export type ReadText = { readonly text: string } | { readonly problem: string };

/** Reads a configuration file. Refuses what could not be one before it is opened, pipes above all. */
export async function readText(file: string): Promise<ReadText> {
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) return { problem: 'is a folder, not a file' };
    if (!facts.isFile()) return { problem: 'is not a regular file' };
    if (facts.size > LARGEST_BYTES) return { problem: 'is larger than 1 MiB, so it cannot be a configuration file' };
    return decode(await readFile(file));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    return { problem: code === 'EACCES' ? 'cannot be read: permission denied' : `cannot be read (${code})` };
  }
}

function decode(bytes: Buffer): ReadText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { problem: 'is not UTF-8 text; save it with the encoding UTF-8' };
  }
}
