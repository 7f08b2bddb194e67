import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../errors/index.ts';
import { readPrivateFile, writePrivateFile } from '../state/index.ts';
import { readText } from './read-text.ts';

/*
 * A cloned repository may bring a claudex.toml that sends a profile's key elsewhere. So such a file counts only
 * once its user said so, and only as long as not one byte of it changes: the record maps the file's real path to
 * the SHA-256 of its text.
 */

/**
 * Remembers that the user accepts a project file as it is now, or as `text` when that is what the user saw.
 * Throws when the file cannot be read.
 */
export async function recordTrust(stateFolder: string, file: string, text?: string): Promise<void> {
  const accepted = text ?? (await currentText(file));
  const records = await readRecords(stateFolder);
  records.set(await realpath(file), digest(accepted));
  const sorted = Object.fromEntries([...records].sort(([one], [other]) => (one < other ? -1 : 1)));
  await writePrivateFile(recordFile(stateFolder), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** Whether the user accepted this file exactly as it is now. */
export async function isTrusted(stateFolder: string, file: string): Promise<boolean> {
  const read = await readText(file);
  return 'text' in read && isTrustedText(stateFolder, file, read.text);
}

/** Whether the user accepted this text of the file: for the caller who already read it and uses what it read. */
export async function isTrustedText(stateFolder: string, file: string, text: string): Promise<boolean> {
  const records = await readRecords(stateFolder);
  return records.size > 0 && records.get(await realpath(file)) === digest(text);
}

async function currentText(file: string): Promise<string> {
  const read = await readText(file);
  if ('text' in read) return read.text;
  throw failure('config-unreadable', `${file} ${read.problem}`, 'Name a configuration file that you may read.');
}

/** A damaged record means that nothing is trusted; the next acceptance writes a sound one. */
async function readRecords(stateFolder: string): Promise<Map<string, string>> {
  const text = (await readPrivateFile(recordFile(stateFolder))) ?? '';
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return new Map();
    const entries = Object.entries(parsed);
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map();
  }
}

function recordFile(stateFolder: string): string {
  return join(stateFolder, 'trust.json');
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
