import type { Provider } from '@claudex/sdk';
import { bindProfile, type BoundProfile } from '../../../src/router/index.ts';
import { configurationFrom } from '../../support/configuration.ts';
import { registryOf } from '../../support/registry.ts';

/** Binds the profile "p", which these lines of TOML describe further, to a key and to these providers. */
export async function boundTo(toml: string, providers: readonly Provider[] = []): Promise<BoundProfile> {
  const configuration = await configurationFrom(`[[profiles]]\nname = "p"\napi_key = "sk-of-p-0123456789"\n${toml}`);
  return bindProfile('p', configuration, registryOf(providers), {});
}
