import { readdirSync, readFileSync } from 'node:fs';

/** A process that has not ended. */
export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every process whose environment has this HOME. Processes inherit it, so these are the ones started for it, and theirs. */
export function processesWithHome(home: string): RunningProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, 'environ').split('\0').includes(`HOME=${home}`))
    .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').split('\0').join(' ').trim() }));
}

/** Empty for a process that has ended or belongs to somebody else. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
