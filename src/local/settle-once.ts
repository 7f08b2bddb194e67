import type { Configuration } from '../config/index.ts';
import { createNodeFetchClient } from '../http/index.ts';
import { LOCAL, profileBehind } from '../router/index.ts';
import type { LocalIo } from './local-io.ts';
import { boundIfPossible, canBeSettled, settleProfile } from './settle-profile.ts';

/** What a command knows when it needs a profile. */
export interface CommandIo extends Pick<LocalIo, 'descriptors' | 'keys' | 'cacheFolder'> {
  /** Where the proxy variables of the network are looked up. */
  readonly environment: NodeJS.ProcessEnv;
}

/** As {@link settleProfile}, for a command: opens a client only where somebody has to be asked. */
export async function settleOnce(
  name: string,
  configuration: Configuration,
  io: CommandIo,
  wanted?: string,
): Promise<Configuration> {
  if (!hasToBeSettled(name, configuration, io)) return configuration;
  const client = createNodeFetchClient(io.environment);
  try {
    return await settleProfile(name, configuration, { ...io, client, signal: new AbortController().signal }, wanted);
  } finally {
    client.close();
  }
}

function hasToBeSettled(name: string, configuration: Configuration, io: CommandIo): boolean {
  const served = profileBehind(name, configuration);
  const profile = configuration.profiles.find((candidate) => candidate.name === served);
  if (profile === undefined) return served === LOCAL;
  const bound = boundIfPossible(profile, configuration, io);
  return bound !== undefined && canBeSettled(bound);
}
