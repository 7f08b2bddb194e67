import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../errors/index.ts';
import { readPrivateFile, writePrivateFile } from '../state/index.ts';
import { readText } from './read-text.ts';

/*
 * A cloned repository may bring a claudex.toml that sends a profile's key elsewhere. So such a file counts only
 * once its user said so, and only as long as not one byte of it changes. Each accepted file has a record of its
 * own, so that two acceptances at the same moment cannot lose one another.
 */

/** What is remembered of a file: its real path, and the SHA-256 of its text. */
interface TrustRecord {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Remembers that the user accepts a project file as it is now, or as `text` when that is what the user saw.
 * Throws when the file cannot be read.
 */
export async function recordTrust(stateFolder: string, file: string, text?: string): Promise<void> {
  const accepted = text ?? (await currentText(file));
  const record: TrustRecord = { file: await realpath(file), sha256: digest(accepted) };
  await writePrivateFile(trustRecordFile(stateFolder, record.file), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Whether the user accepted this file exactly as it is now. */
export async function isTrusted(stateFolder: string, file: string): Promise<boolean> {
  const read = await readText(file);
  return 'text' in read && isTrustedText(stateFolder, file, read.text);
}

/** Whether the user accepted this text of the file: for the caller who already read it and uses what it read. */
export async function isTrustedText(stateFolder: string, file: string, text: string): Promise<boolean> {
  const path = await realpath(file);
  const record = await readRecord(trustRecordFile(stateFolder, path));
  return record !== undefined && record.file === path && record.sha256 === digest(text);
}

/** Where the acceptance of a file, named by its real path, is remembered. */
export function trustRecordFile(stateFolder: string, realPath: string): string {
  return join(stateFolder, 'trust', `${digest(realPath)}.json`);
}

async function currentText(file: string): Promise<string> {
  const read = await readText(file);
  if ('text' in read) return read.text;
  throw failure('config-unreadable', `${file} ${read.problem}`, 'Name a configuration file that you may read.');
}

/** A damaged record means that the file is not trusted; the next acceptance writes a sound one. */
async function readRecord(recordFile: string): Promise<TrustRecord | undefined> {
  const text = (await readPrivateFile(recordFile)) ?? '';
  try {
    const { file, sha256 } = JSON.parse(text) as { file?: unknown; sha256?: unknown };
    return typeof file === 'string' && typeof sha256 === 'string' ? { file, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
