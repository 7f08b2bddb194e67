import { completeProfile, type Configuration, type Profile } from '../../../src/config/index.ts';
import type { LaunchProfile, LaunchSettings } from '../../../src/launcher/index.ts';

/** A complete profile; the given keys replace the defaults. */
export function profileWith(values: Partial<Profile> = {}): Profile {
  return completeProfile({ name: 'work', ...values });
}

/** A profile as the router binds it, as far as the launcher looks at it. */
export function boundWith(profile: Partial<Profile> = {}, more: Partial<LaunchProfile> = {}): LaunchProfile {
  const complete = profileWith(profile);
  return {
    profile: complete,
    models: { ...complete.models, default: complete.default_model ?? 'model-1' },
    knownModels: [],
    credential: {},
    ...more,
  };
}

/** The keys of a configuration that the launcher reads. */
export function configurationWith(values: Partial<Configuration> = {}): Configuration {
  return { claude_binary: 'claude', hyperlinks: 'auto', model_aliases: {}, profiles: [], ...values } as Configuration;
}

/** A launch through the proxy to a provider that is not Anthropic. */
export function settingsWith(values: Partial<LaunchSettings> = {}): LaunchSettings {
  return {
    bound: boundWith(),
    configuration: configurationWith(),
    environment: {},
    hyperlinks: false,
    anthropic: false,
    proxy: { baseUrl: 'http://127.0.0.1:13456/proxy/work', token: 'local-token' },
    ...values,
  };
}
