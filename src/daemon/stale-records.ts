import type { Stats } from 'node:fs';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readDaemonRecord } from './daemon-record.ts';
import { probeDaemon } from './probe.ts';
import { processExists } from './process-exists.ts';

/** A file that says that a proxy runs or starts, while there is none. */
export interface StaleRecord {
  readonly file: string;
  /** Why it is stale, to follow the name of the file. */
  readonly reason: string;
}

/** Whoever starts a proxy takes no longer than this, in milliseconds. */
const STARTING_MS = 60_000;

/** Looks for what proxies and their starters have left behind. Removes nothing. */
export async function findStaleRecords(stateFolder: string, token: string): Promise<StaleRecord[]> {
  const folder = join(stateFolder, 'daemons');
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.toSorted().map(async (name) => {
      const reason = await reasonFor(stateFolder, name, token);
      return reason === undefined ? [] : [{ file: join(folder, name), reason }];
    }),
  );
  return found.flat();
}

/** Removes a stale record, unless it has changed since it was found. */
export async function removeStaleRecord(stateFolder: string, { file }: StaleRecord, token: string): Promise<boolean> {
  if ((await reasonFor(stateFolder, basename(file), token)) === undefined) return false;
  await rm(file, { force: true });
  return true;
}

async function reasonFor(stateFolder: string, name: string, token: string): Promise<string | undefined> {
  const [, port, kind] = /^(\d{1,5})\.(json|starting)$/.exec(name) ?? [];
  const facts = await lstat(join(stateFolder, 'daemons', name)).catch(() => undefined);
  if (port === undefined || facts === undefined) return undefined;
  return kind === 'json'
    ? ofRecord(stateFolder, Number(port), token)
    : ofClaim(join(stateFolder, 'daemons', name), facts);
}

async function ofRecord(stateFolder: string, port: number, token: string): Promise<string | undefined> {
  const record = await readDaemonRecord(stateFolder, port);
  if (record === undefined) return 'cannot be read';
  const { kind } = await probeDaemon({ host: record.host, port, token });
  if (kind === 'ours') return undefined;
  // The proxy of another token may have written it into the same folder.
  if (processExists(record.pid) && kind === 'foreign') return undefined;
  return `speaks of a proxy that is gone (pid ${record.pid})`;
}

async function ofClaim(file: string, facts: Stats): Promise<string | undefined> {
  if (!facts.isFile()) return undefined;
  if (Math.abs(Date.now() - facts.mtimeMs) > STARTING_MS) return 'speaks of a start that has long been over';
  const starter = Number(await readFile(file, 'utf8').catch(() => ''));
  if (!Number.isInteger(starter) || starter <= 0 || processExists(starter)) return undefined;
  return `speaks of a start by pid ${starter}, which is gone`;
}
