import { refreshPublic } from '../catalogue/index.ts';
import { messageOf } from '../errors/index.ts';
import type { UpstreamClient } from '../http/index.ts';
import type { LogEntry } from './log.ts';
import type { ProfileDirectory } from './profile-directory.ts';

/** What the catalogue is kept fresh with. */
export interface PublicCatalogueOptions {
  readonly profiles: ProfileDirectory;
  readonly client: UpstreamClient;
  /** Absent: nothing is remembered, so nothing is fetched either. */
  readonly cacheFolder: string | undefined;
  readonly log: (entry: LogEntry) => void;
  /** How long after the start it is first looked at, and how often from then on, in milliseconds. */
  readonly firstMs?: number;
  readonly everyMs?: number;
}

const FIRST_MS = 5_000;
const EVERY_MS = 3_600_000;

/**
 * Fetches the public catalogue where the configuration wants it, in the background: no request waits for it. From then on
 * requests know what it says.
 */
export class PublicCatalogue {
  readonly #options: PublicCatalogueOptions;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PublicCatalogueOptions) {
    this.#options = options;
    this.#later(options.firstMs ?? FIRST_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
  }

  #later(milliseconds: number): void {
    this.#timer = setTimeout(() => void this.#look(), milliseconds).unref();
  }

  async #look(): Promise<void> {
    const { profiles, client, cacheFolder, log, everyMs = EVERY_MS } = this.#options;
    const { signal } = this.#closing;
    const providers = profiles.descriptors.providers.values();
    const { refresh, url } = profiles.base.configuration.catalogue;
    try {
      if (refresh && cacheFolder !== undefined) {
        const outcome = await refreshPublic({ client, providers, cacheFolder, signal, url });
        if (outcome === 'new') profiles.learnFacts();
        else if (outcome !== 'same') log({ level: 'warn', event: 'warning', message: outcome.problem });
      }
    } catch (error) {
      if (!signal.aborted) log({ level: 'warn', event: 'warning', message: messageOf(error) });
    }
    if (!signal.aborted) this.#later(everyMs);
  }
}
