import type { Conversation } from './conversation.ts';
import { judgeResult } from './tool-results.ts';

/** One thing in a folder. `size` counts bytes and is absent where the tool does not tell. */
interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size?: number;
}

/** A folder as a tool listed it. `folder` is absolute and absent when nobody named it. */
export interface Listing {
  readonly folder?: string;
  readonly entries: readonly Entry[];
}

const LONG_LINE = /^([-dlbcps])[-rwxsStT]{9}\S*\s+\d+\s+\S+\s+.*?\s(\d+)\s+\S+\s+\S+\s+\S+\s(.+)$/;
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/])/;
const LARGEST_FILE = 100_000;

// First match wins: what a person would open first.
const READABLE: readonly RegExp[] = [
  /^readme(?:\.\w+)?$/i,
  /\.(?:md|markdown|rst)$/i,
  /\.txt$/i,
  /^package\.json$|\.toml$|\.ya?ml$/i,
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|c|h|cpp|cs|php|sh|html|css|json)$/i,
];
// Nothing that may hold a secret is opened just to show that it can be.
const PRIVATE = /^\.|secret|credential|password|token|\.(?:pem|key|p12|pfx)$|id_(?:rsa|ed25519)|lock/i;

/** Reads the folder and its entries from what the first round of calls returned. */
export function readListing(conversation: Conversation): Listing {
  const texts = (conversation.rounds[0] ?? []).flatMap((call) => {
    const outcome = judgeResult(call.result);
    return outcome.kind === 'ok' ? [outcome.text] : [];
  });
  const lines = texts
    .join('\n')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const folder = chooseFolder(lines, conversation.folder);
  const long = lines.flatMap(readLongLine);
  const entries = long.length > 0 ? long : lines.flatMap((line) => readPath(line, folder));
  return { entries, ...(folder !== undefined && { folder }) };
}

/** The files most worth reading, best first, as absolute paths. Empty when the folder is unknown. */
export function chooseFiles(listing: Listing, count: number): string[] {
  const { folder, entries } = listing;
  if (folder === undefined) return [];
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .filter(({ rank }) => rank !== -1)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ entry }) => joinPath(folder, entry.name));
}

function rankOf({ name, isFolder, size }: Entry): number {
  if (isFolder || size === 0 || (size ?? 0) > LARGEST_FILE || PRIVATE.test(name)) return -1;
  return READABLE.findIndex((pattern) => pattern.test(name));
}

function chooseFolder(lines: readonly string[], named: string | undefined): string | undefined {
  // A shell on Windows says /c/Users where the other tools want C:\Users, so the client's own word wins there.
  if (named !== undefined && /^[A-Za-z]:/.test(named)) return named;
  return lines[0] !== undefined &&
    lines.length > 1 &&
    lines[0].startsWith('/') &&
    lines.some((line) => LONG_LINE.test(line))
    ? lines[0]
    : named;
}

function readLongLine(line: string): Entry[] {
  const match = LONG_LINE.exec(line);
  if (match === null) return [];
  const [, type, size, name = ''] = match;
  if (name === '.' || name === '..') return [];
  return [
    { name: type === 'l' ? (name.split(' -> ', 1)[0] ?? name) : name, isFolder: type === 'd', size: Number(size) },
  ];
}

/** Reads a line of a tool that lists paths, e.g. `/x/README.md`, `README.md` or `  - README.md`. */
function readPath(line: string, folder: string | undefined): Entry[] {
  const path = line.replace(/^\s*-\s+/, '').trim();
  const isFolder = /[\\/]$/.test(path);
  const bare = isFolder ? path.slice(0, -1) : path;
  const name = folder !== undefined && bare.startsWith(folder) ? bare.slice(folder.length + 1) : bare;
  if (name === '' || ABSOLUTE.test(name) || !/^[^\s:]+(?: [^\s:]+){0,3}$/.test(name)) return [];
  return [{ name, isFolder }];
}

function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
