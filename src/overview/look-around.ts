import type { Configuration } from '../config/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';
import { defaultProfile } from '../router/index.ts';
import { readProxyToken } from '../state/index.ts';
import { glanceAtHistory } from './glance-at-history.ts';
import { glanceAtProfiles } from './glance-at-profiles.ts';
import { glanceAtProxy } from './glance-at-proxy.ts';
import type { Overview, ProfileGlance } from './overview.ts';

/** What an overview is made of. */
export interface OverviewSources {
  readonly configuration: Configuration;
  readonly registry: Registry;
  readonly environment: NodeJS.ProcessEnv;
  readonly stateFolder: string;
  /** Version of this command. */
  readonly version: string;
}

/** Looks at everything a user wants to see at a glance. Calls nobody but the proxy on this machine. */
export async function lookAround(sources: OverviewSources): Promise<Overview> {
  const { configuration, registry, environment, stateFolder, version } = sources;
  const { proxy_host, proxy_port, proxy_token } = configuration;
  const token = proxy_token ?? (await readProxyToken(stateFolder).catch(() => undefined));
  const [proxy, last_use] = await Promise.all([
    glanceAtProxy(proxy_host, proxy_port, token),
    glanceAtHistory(stateFolder),
  ]);
  const profiles = glanceAtProfiles(configuration, registry, environment);
  const chosen = profiles.find(({ name }) => name === nameOfDefault(configuration));
  return {
    version,
    profiles,
    default_profile: chosen?.name ?? null,
    proxy,
    last_use,
    next: nextStep(profiles, chosen),
  };
}

function nameOfDefault(configuration: Configuration): string | undefined {
  try {
    return defaultProfile(configuration).name;
  } catch (error) {
    if (isClaudexError(error)) return undefined;
    throw error;
  }
}

function nextStep(profiles: readonly ProfileGlance[], chosen: ProfileGlance | undefined): string {
  if (profiles.length === 0) return 'claudex profile add';
  const usable = [chosen, ...profiles.filter(({ enabled }) => enabled)].find(
    (profile) => profile !== undefined && !['unusable', 'key-missing'].includes(profile.readiness),
  );
  return usable === undefined ? 'claudex doctor' : `claudex run ${usable.name}`;
}
