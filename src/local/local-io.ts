import type { CatalogueIo } from '../catalogue/index.ts';
import type { bindProfile } from '../router/index.ts';

/** What is needed to look for servers and their models. */
export interface LocalIo extends Pick<CatalogueIo, 'client' | 'cacheFolder' | 'signal'> {
  readonly descriptors: Parameters<typeof bindProfile>[2];
  /** The environment with the secrets of the keyring. */
  readonly keys: NodeJS.ProcessEnv;
}
