import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a socket that listens, as Linux writes it. */
const LISTENS = '0A';

/** Where a process listens, as `address:port` in the hexadecimal writing of Linux, which alone shows it as files. */
export function listeningOf(pid: number): string[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => inodeOf(pid, name)));
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTENS && own.has(inode))
    .map(([, local = '']) => local);
}

/** How Linux writes this port of 127.0.0.1. */
export function loopbackPlace(port: number): string {
  return `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

function inodeOf(pid: number, descriptor: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
  } catch {
    // Closed in the meantime.
    return undefined;
  }
}
