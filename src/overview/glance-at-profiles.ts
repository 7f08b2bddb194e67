import { launchesWithoutProxy, type Configuration, type Profile } from '../config/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';
import { bindProfile, requireCredential, type BoundProfile } from '../router/index.ts';
import type { ProfileGlance } from './overview.ts';

/** Each profile with its model and whether it has a key. Asks neither the keyring nor any provider. */
export function glanceAtProfiles(
  configuration: Configuration,
  registry: Registry,
  environment: NodeJS.ProcessEnv,
): ProfileGlance[] {
  return configuration.profiles.map((profile) => {
    const { name, enabled, default_model: model = null } = profile;
    if (launchesWithoutProxy(profile)) return { name, model, enabled, readiness: 'login', problem: null };
    try {
      const bound = bindProfile(name, configuration, registry, environment);
      return { name, model: bound.models.default || null, enabled, ...readinessOf(bound) };
    } catch (error) {
      if (!isClaudexError(error)) throw error;
      return { name, model, enabled, readiness: 'unusable', problem: error.message };
    }
  });
}

function readinessOf(bound: BoundProfile): Pick<ProfileGlance, 'readiness' | 'problem'> {
  if (isInKeyring(bound.profile) && bound.credential.source === 'none') return { readiness: 'keyring', problem: null };
  try {
    requireCredential(bound);
    return { readiness: 'ready', problem: null };
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    if (error.code !== 'credential-missing') return { readiness: 'unusable', problem: error.message };
    const { variable } = bound.credential;
    return { readiness: 'key-missing', problem: variable === undefined ? error.message : `${variable} is not set` };
  }
}

function isInKeyring(profile: Profile): boolean {
  return profile.api_key_keyring !== undefined && profile.api_key_keyring !== '';
}
