import { existsSync } from 'node:fs';
import { defaultConfiguration } from '../complete.ts';
import type { Configuration } from '../configuration.ts';
import { namedFile } from '../discover.ts';
import { environmentSource } from '../environment.ts';
import type { ConfigurationSources } from '../layers.ts';
import { readConfiguration } from '../load.ts';
import type { Problems } from '../problem.ts';
import type { Source } from '../source.ts';

/** The configuration as far as it can be read. */
export interface ReadSoFar {
  readonly values: Configuration;
  readonly sources: readonly Source[];
}

/** Reads the configuration for who is about to write: a named file may not exist yet, and what is wrong goes to `problems`. */
export async function readSoFar(sources: ConfigurationSources, problems: Problems): Promise<ReadSoFar> {
  const named = namedFile(sources);
  if (named === undefined || existsSync(named.file)) return readConfiguration(sources, problems);
  return { values: defaultConfiguration(), sources: [environmentSource(sources.environment, problems)] };
}
