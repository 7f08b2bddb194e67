import type { Profile } from '../config/index.ts';

/** Profiles that exist without configuration. A configured profile of the same name wins. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, Profile> = new Map([['demo', builtIn('demo')]]);

function builtIn(name: string): Profile {
  return {
    name,
    provider: name,
    models: {},
    backup_providers: [],
    backup_models: {},
    custom_headers: {},
    extra_env: {},
    priority: 100,
    enabled: true,
    auth_type: 'api-key',
    strip_params: 'auto',
    query_params: {},
  };
}
