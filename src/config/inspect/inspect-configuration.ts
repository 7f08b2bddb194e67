import { isClaudexError, type ClaudexError } from '../../errors/index.ts';
import type { ConfigurationSources, LoadedConfiguration } from '../layers.ts';
import { readConfiguration } from '../load.ts';
import { Problems, type Problem } from '../problem.ts';

/** More than anybody corrects before looking again; describing each takes time. */
const MOST_DESCRIBED = 1000;

/** What is wrong with the configuration, and what of it is right. */
export interface InspectedConfiguration {
  /** In the order in which they were found. */
  readonly problems: readonly Problem[];
  /** All of them as one error; absent when nothing is wrong. */
  readonly error?: ClaudexError;
  /** The configuration without what is wrong; absent when not even its files could be found. */
  readonly loaded?: LoadedConfiguration;
}

/** Reads the configuration as every command does and tells everything that is wrong with it. */
export async function inspectConfiguration(sources: ConfigurationSources): Promise<InspectedConfiguration> {
  const problems = new Problems(MOST_DESCRIBED);
  try {
    const loaded = await readConfiguration(sources, problems, true);
    return { problems: problems.described, loaded, ...(problems.count > 0 && { error: problems.toError() }) };
  } catch (error) {
    // A file that was named and is not there, or a folder that may not be read.
    if (!isClaudexError(error) || error.exitCode !== 2) throw error;
    return { problems: [{ where: 'configuration', message: error.message }], error };
  }
}
