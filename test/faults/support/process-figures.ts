import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process can be looked into: only Linux shows memory and descriptors as files. */
export const CAN_LOOK_INSIDE = process.platform === 'linux';

const PAGE_BYTES = 4096;
export const MIB = 1024 * 1024;

/** Memory of a process that is in use now, in bytes. */
export function memoryOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}

/** How many files and sockets a process has open. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
