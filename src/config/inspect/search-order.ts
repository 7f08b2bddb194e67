import { stat } from 'node:fs/promises';
import { globalCandidates, namedFile, projectCandidates, requireFile } from '../discover.ts';
import type { ConfigurationSources } from '../layers.ts';
import { isTrusted } from '../trust.ts';

/** A place where a configuration file is looked for. */
export interface SearchedFile {
  readonly file: string;
  /** Which layer it would be; `file` for one that the user named. */
  readonly layer: 'file' | 'project' | 'global';
  readonly exists: boolean;
  /** Whether it counts: it exists, and nothing takes its place. */
  readonly active: boolean;
  /** Of an active project file: whether the user accepted it as it is. The user's own files are trusted. */
  readonly trusted: boolean | null;
}

/** All places where configuration is looked for, in the order in which they win. Nothing is read. */
export async function searchOrder(sources: ConfigurationSources): Promise<SearchedFile[]> {
  const { workingFolder, configFolder, stateFolder } = sources;
  const named = namedFile(sources);
  const files = named === undefined ? [] : [await searched(named.file, 'file', true)];
  const project = await firstActive(projectCandidates(workingFolder), 'project', named === undefined, stateFolder);
  const global = await firstActive(
    globalCandidates(configFolder),
    'global',
    named?.namedBy !== '--config',
    stateFolder,
  );
  return [...files, ...project, ...global];
}

/** Throws a usage error when the file that `--config` or `$CLAUDEX_CONFIG` names is not there. */
export async function requireNamedFile(sources: ConfigurationSources): Promise<void> {
  const named = namedFile(sources);
  if (named !== undefined) await requireFile(named);
}

async function firstActive(
  candidates: readonly string[],
  layer: 'project' | 'global',
  counts: boolean,
  stateFolder: string,
): Promise<SearchedFile[]> {
  const files: SearchedFile[] = [];
  for (const file of candidates) {
    const found = await searched(file, layer, counts && files.every(({ active }) => !active));
    const asks = found.active && layer === 'project';
    files.push(asks ? { ...found, trusted: await isTrusted(stateFolder, file).catch(() => false) } : found);
  }
  return files;
}

async function searched(file: string, layer: SearchedFile['layer'], counts: boolean): Promise<SearchedFile> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  return { file, layer, exists, active: exists && counts, trusted: null };
}
