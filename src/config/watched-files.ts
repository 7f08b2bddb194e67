import { realpath } from 'node:fs/promises';
import { globalCandidates, namedFile, projectCandidates } from './discover.ts';
import type { ConfigurationSources } from './layers.ts';
import { trustRecordFile } from './trust.ts';

/**
 * Every file whose appearance, change or end may change what the same sources give when they are loaded again: those
 * that count now, those that would count first if they existed, and the record of the trust in `project`, the project
 * file that was found.
 */
export async function watchedFiles(sources: ConfigurationSources, project: string | undefined): Promise<string[]> {
  const { workingFolder, configFolder, stateFolder } = sources;
  const named = namedFile(sources);
  if (named?.namedBy === '--config') return [named.file];
  const global = globalCandidates(configFolder);
  if (named !== undefined) return [...global, named.file];
  if (sources.withoutProject === true) return global;
  return [...global, ...projectCandidates(workingFolder), ...(await trustRecords(stateFolder, project))];
}

async function trustRecords(stateFolder: string, project: string | undefined): Promise<string[]> {
  if (project === undefined) return [];
  try {
    return [trustRecordFile(stateFolder, await realpath(project))];
  } catch {
    // It was removed a moment ago, which is a change that is noticed by itself.
    return [];
  }
}
