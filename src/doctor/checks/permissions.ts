import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../../errors/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** A file or folder of ours, and who may do what with it. */
interface Place {
  readonly path: string;
  readonly kind: 'folder' | 'file';
  /** Whether a link may stand in its place. */
  readonly mayBeLink: boolean;
  /** Bits that must not be set. */
  readonly forbidden: number;
}

const ID = 'permissions';
/** Anything at all for others. */
const OTHERS = 0o077;
/** Others must not put files of theirs among ours. */
const OTHERS_WRITE = 0o022;
const EVERYBODY_WRITES = 0o002;
/** More files than a state folder ever has. */
const MOST_FILES = 2_000;

/** Whether nobody else can read or replace the files of this user. */
export async function checkPermissions({ facts }: Installation): Promise<Diagnosis[]> {
  if (facts.platform === 'win32') return [];
  const places = await placesOf(facts.directories);
  const found = (await Promise.all(places.map(examinePlace))).flat();
  return found.length > 0 ? found : [ok(ID, 'Nobody else can read your files', facts.directories.state)];
}

/** Whether the folders of this user are there. */
export async function checkFolders({ facts }: Installation): Promise<Diagnosis[]> {
  const { config, state } = facts.directories;
  const missing: string[] = [];
  for (const folder of [config, state]) if ((await factsOf(folder)) === undefined) missing.push(folder);
  if (missing.length === 0) return [ok('folders', 'Folders', [config, state].join(', '))];
  return [
    warning('folders', 'Folders are not there yet', {
      detail: `${missing.join(', ')}; they are made when they are needed.`,
      remedy: '"claudex doctor --fix" makes them now.',
      fix: async () => {
        for (const folder of missing) await mkdir(folder, { recursive: true, mode: 0o700 });
        return `made ${missing.join(', ')}`;
      },
    }),
  ];
}

async function placesOf({ config, data, cache, state }: Installation['facts']['directories']): Promise<Place[]> {
  const folder = (path: string, forbidden = OTHERS): Place => ({ path, kind: 'folder', mayBeLink: true, forbidden });
  const file = (path: string, mayBeLink = false): Place => ({ path, kind: 'file', mayBeLink, forbidden: OTHERS });
  return [
    folder(config),
    ...['toml', 'yaml', 'yml'].map((extension) => file(join(config, `config.${extension}`), true)),
    ...[data, cache].map((path) => folder(path, OTHERS_WRITE)),
    ...(await below(state)).map(({ path, isFolder }) => (isFolder ? folder(path) : file(path))),
  ];
}

/** The state folder with everything in it. */
async function below(folder: string): Promise<{ readonly path: string; readonly isFolder: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found = entries.slice(0, MOST_FILES).map((entry) => ({
    path: join(entry.parentPath, entry.name),
    isFolder: entry.isDirectory(),
  }));
  return [{ path: folder, isFolder: true }, ...found];
}

async function examinePlace(place: Place): Promise<Diagnosis[]> {
  const { path, mayBeLink, forbidden } = place;
  let facts = await factsOf(path);
  if (facts?.isSymbolicLink() === true) {
    if (!mayBeLink) {
      return [
        problem(ID, `${path} is a symbolic link`, {
          detail: 'Somebody could make Claudex read or write another file.',
          remedy: `Remove the link; Claudex makes a file of its own.`,
        }),
      ];
    }
    facts = await stat(path).catch(() => undefined);
  }
  if (facts === undefined) return [];
  if (process.getuid !== undefined && facts.uid !== process.getuid()) {
    return [
      problem(ID, `${path} belongs to another user`, {
        remedy: `Remove it, or give it back to yourself: sudo chown "$USER" '${path}'`,
      }),
    ];
  }
  return (facts.mode & forbidden) === 0 ? [] : [tooOpen(place, facts)];
}

function tooOpen({ path, kind, forbidden }: Place, { mode }: Stats): Diagnosis {
  const wanted = (mode & 0o777 & ~forbidden).toString(8).padStart(4, '0');
  const has = (mode & 0o777).toString(8).padStart(4, '0');
  const complain = (mode & EVERYBODY_WRITES) === 0 ? warning : problem;
  return complain(ID, `Others can ${forbidden === OTHERS ? 'read' : 'change'} ${path}`, {
    detail: `The ${kind} has mode ${has}.`,
    remedy: `Run "chmod ${wanted} '${path}'".`,
    fix: async () => {
      const now = await stat(path);
      if ((now.mode & forbidden) === 0) return undefined;
      await chmod(path, now.mode & 0o777 & ~forbidden);
      return `closed ${path} to others (${wanted})`;
    },
  });
}

async function factsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return undefined;
    throw error;
  }
}
