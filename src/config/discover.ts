import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemCodeOf, usageError } from '../errors/index.ts';
import type { ConfigurationSources } from './layers.ts';

/** The variable that names a configuration file. It is not itself a part of the configuration. */
export const CONFIG_VARIABLE = 'CLAUDEX_CONFIG';

const PARENTS = 10;
const EXTENSIONS = ['toml', 'yaml', 'yml'];
/** Names of a project file below its folder; the first that exists counts. */
export const projectNames: readonly string[] = [
  ...EXTENSIONS.map((extension) => `claudex.${extension}`),
  ...EXTENSIONS.map((extension) => join('.claudex', `config.${extension}`)),
];

const ABSENT: ReadonlySet<string> = new Set(['ENOENT']);
/** Of another user, above the current folder: not our project, so nothing is missing. */
const NOT_FOR_US: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES']);

/** Where a project's configuration file may be, nearest first: in a folder and its ten nearest parents. */
export function projectCandidates(workingFolder: string): string[] {
  const files: string[] = [];
  let folder = resolve(workingFolder);
  for (let level = 0; level <= PARENTS; level += 1) {
    for (const name of projectNames) files.push(join(folder, name));
    const parent = dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return files;
}

/** Where the global configuration file may be; the first that exists counts. */
export function globalCandidates(configFolder: string): string[] {
  return EXTENSIONS.map((extension) => join(configFolder, `config.${extension}`));
}

/** The project's configuration file, looked for in a folder and its ten nearest parents; the first hit wins. */
export async function findProjectFile(workingFolder: string): Promise<string | undefined> {
  return firstThatExists(projectCandidates(workingFolder), NOT_FOR_US);
}

/** The global configuration file, if there is one. Throws when it cannot be known whether there is one. */
export async function findGlobalFile(configFolder: string): Promise<string | undefined> {
  return firstThatExists(globalCandidates(configFolder), ABSENT);
}

/** The folder a project file speaks for. */
export function projectFolderOf(file: string): string {
  const folder = dirname(resolve(file));
  return basename(folder) === '.claudex' ? dirname(folder) : folder;
}

/** A file that the user named. */
export interface NamedFile {
  /** Absolute; it need not exist. */
  readonly file: string;
  readonly namedBy: '--config' | `$${typeof CONFIG_VARIABLE}`;
}

/** The file that `--config` or `$CLAUDEX_CONFIG` names, if any. Throws a usage error for a `--config` without a path. */
export function namedFile({ configFile, environment, workingFolder }: ConfigurationSources): NamedFile | undefined {
  if (configFile === '') throw notFound('--config names no file');
  if (configFile !== undefined) return { file: resolve(workingFolder, configFile), namedBy: '--config' };
  const variable = environment[CONFIG_VARIABLE];
  if (variable === undefined || variable === '') return undefined;
  return { file: resolve(workingFolder, variable), namedBy: `$${CONFIG_VARIABLE}` };
}

/** Throws a usage error when a file that the user named is not there. */
export async function requireFile({ file, namedBy }: NamedFile): Promise<void> {
  if (!(await exists(file, ABSENT))) throw notFound(`${namedBy} names ${file}, which does not exist`);
}

function notFound(problem: string): Error {
  return usageError(
    'config-not-found',
    problem,
    'Correct the path, or leave it out to use the global and the project configuration.',
  );
}

async function firstThatExists(files: readonly string[], absent: ReadonlySet<string>): Promise<string | undefined> {
  for (const file of files) {
    if (await exists(file, absent)) return file;
  }
  return undefined;
}

async function exists(path: string, absent: ReadonlySet<string>): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    if (absent.has(code)) return false;
    throw usageError(
      'config-unreadable',
      `${path} cannot be looked for: ${code === 'EACCES' ? 'permission denied' : code}`,
      `Make ${dirname(path)} a folder that you may read.`,
      error,
    );
  }
}
