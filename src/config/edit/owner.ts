import { join } from 'node:path';
import { usageError } from '../../errors/index.ts';
import { findGlobalFile, findProjectFile, globalCandidates, namedFile, projectCandidates } from '../discover.ts';
import type { ConfigurationSources } from '../layers.ts';
import { Problems } from '../problem.ts';
import { placeIn, valueIn } from '../source.ts';
import type { Path } from '../tables.ts';
import { isTrusted } from '../trust.ts';
import { readSoFar, type ReadSoFar } from './read-rest.ts';

/** The file that a change goes to, and what its user should know about that. */
export interface Owner {
  /** Absolute; it need not exist yet. */
  readonly file: string;
  readonly origin: 'global' | 'project' | 'file';
  /** The environment variable that wins over whatever is written. */
  readonly overriddenBy?: string;
}

/** What the user asked for. */
export type OwnerChoice = 'global' | 'local' | undefined;

/**
 * Which file a change of a key goes to: the one the user named with `--config` or `$CLAUDEX_CONFIG`, else the one asked for,
 * else the trusted project file when the value that counts is written there, else the global one. `path` is one into the
 * merged values, from `readPath`; `['profiles']` stands for a new profile, which is never put into a project unasked. Without
 * `loaded` it reads what can be read, so that it works although files are broken.
 */
export async function ownerOf(
  path: Path,
  sources: ConfigurationSources,
  choice?: OwnerChoice,
  loaded?: ReadSoFar,
): Promise<Owner> {
  if (sources.configFile !== undefined && choice !== undefined) throw contradiction(choice);
  const read = loaded ?? (await readSoFar(sources, new Problems()));
  const place = await placeOf(path, sources, choice, read);
  const environment = read.sources.find(({ layer }) => layer.origin === 'environment');
  if (environment === undefined || valueIn(environment, path, read.values) === undefined) return place;
  return { ...place, overriddenBy: placeIn(environment, path, read.values) };
}

async function placeOf(
  path: Path,
  sources: ConfigurationSources,
  choice: OwnerChoice,
  read: ReadSoFar,
): Promise<Owner> {
  if (choice === 'local') return localFile(sources);
  if (choice === 'global') return globalFile(sources);
  const named = namedFile(sources);
  if (named !== undefined) return { file: named.file, origin: 'file' };
  const project = read.sources.find(({ layer }) => layer.origin === 'project');
  const file = project?.layer.file;
  if (project === undefined || file === undefined || path.join() === 'profiles') return globalFile(sources);
  const isWrittenThere = valueIn(project, path, read.values) !== undefined;
  return isWrittenThere && (await isTrusted(sources.stateFolder, file))
    ? { file, origin: 'project' }
    : globalFile(sources);
}

/** The project's file; `claudex.toml` in the current folder where there is none. */
export async function localFile({ workingFolder }: ConfigurationSources): Promise<Owner> {
  return { file: (await findProjectFile(workingFolder)) ?? join(workingFolder, 'claudex.toml'), origin: 'project' };
}

/** The global file; `config.toml` where there is none. */
export async function globalFile({ configFolder }: ConfigurationSources): Promise<Owner> {
  return { file: (await findGlobalFile(configFolder)) ?? join(configFolder, 'config.toml'), origin: 'global' };
}

function contradiction(choice: string): Error {
  return usageError(
    'flags-contradict',
    `--config already names the file, so --${choice} cannot name another one`,
    'Leave one of the two out.',
  );
}

/** Which layer a file is, by its place. */
export function layerOfFile(file: string, sources: ConfigurationSources): Owner['origin'] {
  if (namedFile(sources)?.file === file) return 'file';
  if (globalCandidates(sources.configFolder).includes(file)) return 'global';
  return projectCandidates(sources.workingFolder).includes(file) ? 'project' : 'file';
}
