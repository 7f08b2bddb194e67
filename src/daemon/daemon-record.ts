import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from '../state/index.ts';
import type { Daemon } from './daemon.ts';
import { probeDaemon } from './probe.ts';

/** What a daemon leaves in the state folder while it runs. A hint only: nothing is believed without the challenge. */
export interface DaemonRecord {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  /** ISO 8601. */
  readonly started_at: string;
}

/** A daemon that proved itself, with what it wrote down about itself. */
export interface RunningDaemon {
  readonly record: DaemonRecord;
  readonly daemon: Daemon;
}

/**
 * Writes down that a daemon runs, in a state folder that is closed to others, also when somebody had opened it. The
 * returned function takes the record back, unless another daemon replaced it.
 */
export async function announceDaemon(stateFolder: string, record: DaemonRecord): Promise<() => Promise<void>> {
  await makePrivateFolder(stateFolder);
  await writePrivateFile(fileOf(stateFolder, record.port), `${JSON.stringify(record)}\n`);
  return () => forget(stateFolder, record);
}

/** Finds every daemon of this user that holds the token. Records of daemons that are gone are removed where that is possible. */
export async function listDaemons(stateFolder: string, token: string): Promise<RunningDaemon[]> {
  const records = await readRecords(stateFolder);
  const checked = await Promise.all(
    records.map(async (record) => {
      const probe = await probeDaemon({ host: record.host, port: record.port, token });
      if (probe.kind === 'nobody') await forget(stateFolder, record).catch(() => undefined);
      return probe.kind === 'ours' ? { record, daemon: probe.daemon } : undefined;
    }),
  );
  return checked
    .filter((running) => running !== undefined)
    .toSorted((one, other) => one.record.port - other.record.port);
}

/** Reads the record of the daemon on a port; `undefined` when there is none, it cannot be read or it makes no sense. */
export async function readDaemonRecord(stateFolder: string, port: number): Promise<DaemonRecord | undefined> {
  try {
    const record: unknown = JSON.parse((await readPrivateFile(fileOf(stateFolder, port))) ?? 'null');
    return isRecord(record) && record.port === port ? record : undefined;
  } catch {
    return undefined;
  }
}

async function readRecords(stateFolder: string): Promise<DaemonRecord[]> {
  const names = await readdir(join(stateFolder, 'daemons')).catch((): string[] => []);
  const ports = names.map((name) => /^(\d{1,5})\.json$/.exec(name)?.[1]).filter((port) => port !== undefined);
  const records = await Promise.all(ports.map((port) => readDaemonRecord(stateFolder, Number(port))));
  return records.filter((record) => record !== undefined);
}

/** Removes exactly this record: by now a new daemon may have announced itself on the port. */
async function forget(stateFolder: string, record: DaemonRecord): Promise<void> {
  const current = await readDaemonRecord(stateFolder, record.port);
  if (current?.pid !== record.pid || current.started_at !== record.started_at) return;
  await rm(fileOf(stateFolder, record.port), { force: true });
}

function fileOf(stateFolder: string, port: number): string {
  return join(stateFolder, 'daemons', `${port}.json`);
}

function isRecord(value: unknown): value is DaemonRecord {
  const record = value as Partial<DaemonRecord> | null;
  return (
    typeof record === 'object' &&
    typeof record?.host === 'string' &&
    Number.isInteger(record.port) &&
    Number.isInteger(record.pid) &&
    typeof record.version === 'string' &&
    typeof record.started_at === 'string'
  );
}
