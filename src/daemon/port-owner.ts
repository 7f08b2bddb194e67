import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** A program that listens on a port. */
export interface PortOwner {
  readonly pid: number;
  readonly name: string;
}

const LISTENING = '0A';

/** Finds the program that listens on a TCP port. Works on Linux, and only for programs of the same user. */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const sockets = new Set([...(await listeningInodes('tcp', port)), ...(await listeningInodes('tcp6', port))]);
    if (sockets.size === 0) return undefined;
    for (const entry of await readdir('/proc')) {
      if (/^\d+$/.test(entry) && (await holdsOneOf(entry, sockets)))
        return { pid: Number(entry), name: await nameOf(entry) };
    }
  } catch {
    // Without a readable /proc there is nothing to tell.
  }
  return undefined;
}

/** How a user finds the program on this system. */
export function howToFindPortOwner(port: number): string {
  if (process.platform === 'win32') return `netstat -ano | findstr :${port}`;
  return process.platform === 'linux' ? `ss -ltnp "sport = :${port}"` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}

async function listeningInodes(table: 'tcp' | 'tcp6', port: number): Promise<string[]> {
  const hexadecimalPort = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = (await readFile(`/proc/net/${table}`, 'utf8')).split('\n').slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hexadecimalPort}`) && columns[3] === LISTENING)
    .map((columns) => columns[9] ?? '');
}

async function holdsOneOf(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`${folder}/${descriptor}`).catch(() => '');
    if (inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')) return true;
  }
  return false;
}

/** The program and its first argument: of an interpreter the script says more than the program. */
async function nameOf(pid: string): Promise<string> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program, script] = commandLine.split('\0').filter((word) => word !== '');
  if (program === undefined) return 'unknown';
  const name = basename(program);
  return script === undefined || script.startsWith('-') ? name : `${name} ${script}`;
}
