import { readFileSync } from 'node:fs';

/**
 * Whether a process is there. Signal 0 is none: the system only looks. One that has ended and that nobody has asked
 * for its exit code yet, as in a container without an init, is gone for us.
 */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // Only Linux tells, and perhaps it is gone by now; the next look will show.
    return true;
  }
}
