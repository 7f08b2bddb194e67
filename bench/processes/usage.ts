import { join } from 'node:path';

/** What a process has used since it began. CPU is user plus system time of all its threads, in milliseconds. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** What a process still uses after everything else was collected, and what it has of the system. */
export interface Held {
  readonly heldKiB: number;
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

/** Reads what a process holds. Throws when it does not say. */
export function readHeld(value: unknown): Held {
  const { heldKiB, rssMiB } = (value ?? {}) as Partial<Held>;
  if (typeof heldKiB !== 'number' || typeof rssMiB !== 'number')
    throw new Error('the process did not report what it holds');
  return { heldKiB, rssMiB };
}
