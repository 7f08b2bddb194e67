import { statfs } from 'node:fs/promises';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { nearestFolder } from '../nearest-folder.ts';

const MEBIBYTE = 1024 * 1024;
/** What the history and the log take at most, and a little for the rest. */
const COMFORTABLE = 300 * MEBIBYTE;
/** Below this, nothing can be relied on to be written. */
const LEAST = 20 * MEBIBYTE;

/** Whether there is room for the history and the log. */
export async function checkDisk({ facts }: Installation): Promise<Diagnosis[]> {
  const folder = await nearestFolder(facts.directories.state);
  const { bavail, bsize } = await statfs(folder);
  return [judgeRoom(bavail * bsize, folder)];
}

/** What is to be said of so many free bytes. */
export function judgeRoom(free: number, folder: string): Diagnosis {
  const room = `${Math.floor(free / MEBIBYTE).toLocaleString('en-US')} MiB are free in ${folder}`;
  if (free >= COMFORTABLE) return ok('disk', 'There is room on the disk', room);
  const remedy = 'Make room, or name a folder on another disk with XDG_DATA_HOME or CLAUDEX_DATA_DIR.';
  if (free >= LEAST) return warning('disk', 'The disk is nearly full', { detail: `${room}.`, remedy });
  return problem('disk', 'The disk is full', { detail: `${room}. Nothing may be kept.`, remedy });
}
