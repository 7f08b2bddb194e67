import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which core the measured processes have, and which one everything else. */
export interface Pinning {
  readonly measured: number;
  readonly others: number;
}

/**
 * Keeps this process, which is load generator and upstream, off the core of the processes it measures. `undefined`
 * where `taskset` or a second core is missing: then the figures are noisier, and the report says so.
 */
export function pinSelf(): Pinning | undefined {
  const [others, measured] = allowedCores();
  if (others === undefined || measured === undefined) return undefined;
  try {
    execFileSync('taskset', ['-acp', String(others), String(process.pid)], { stdio: 'ignore' });
    return { measured, others };
  } catch {
    return undefined;
  }
}

/** The command that runs a program on the core for measured processes. */
export function pinned(pinning: Pinning | undefined, file: string, args: readonly string[]): [string, string[]] {
  return pinning === undefined ? [file, [...args]] : ['taskset', ['-c', String(pinning.measured), file, ...args]];
}

function allowedCores(): number[] {
  if (process.platform !== 'linux') return [];
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
