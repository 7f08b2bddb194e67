import { join } from 'node:path';

/** What a process has used since it began. CPU is user plus system time of all its threads, in milliseconds. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Flags of Node that make a process tell its {@link Usage}. */
export const REPORT_USAGE = ['--require', join(import.meta.dirname, 'report-usage.cjs')];

/** Reads a process's own report. Throws when it is none. */
export function readUsage(value: unknown): Usage {
  const { cpuMs, rssMiB } = (value ?? {}) as Partial<Usage>;
  if (typeof cpuMs !== 'number' || typeof rssMiB !== 'number') throw new Error('the process did not report its usage');
  return { cpuMs, rssMiB };
}
