import type { Provider, StartedUpstream } from '@claudex/sdk';
import { messageOf } from '../errors/index.ts';
import type { Log } from './log.ts';
import { NO_RETRY, RequestError } from './request-error.ts';

/** The upstreams of providers that bring their own, each started once, on the first request for it. */
export class StartedUpstreams {
  readonly #running = new Map<string, Promise<StartedUpstream>>();
  /** Ids of the providers whose start has succeeded. */
  readonly #ready = new Set<string>();
  readonly #stopping = new AbortController();
  readonly #log: Log;
  readonly #tellSecret: (secret: string) => void;

  constructor(log: Log, tellSecret: (secret: string) => void = () => undefined) {
    this.#log = log;
    this.#tellSecret = tellSecret;
  }

  /** The running upstream of a provider. Throws a RequestError when it cannot start; the next request tries again. */
  async of(provider: Provider): Promise<StartedUpstream> {
    let upstream = this.#running.get(provider.id);
    if (!upstream) {
      upstream = this.#start(provider);
      this.#running.set(provider.id, upstream);
      upstream.then(
        () => this.#ready.add(provider.id),
        () => this.#running.delete(provider.id),
      );
    }
    try {
      return await upstream;
    } catch (error) {
      throw new RequestError(
        500,
        'api_error',
        `provider "${provider.id}" could not start: ${messageOf(error)}`,
        NO_RETRY,
      );
    }
  }

  /** Whether a provider's upstream has been started already. */
  isRunning(provider: Provider): boolean {
    return this.#ready.has(provider.id);
  }

  /** Stops all of them; failures are logged. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const running = [...this.#running];
    this.#running.clear();
    await Promise.all(
      running.map(async ([id, upstream]) => {
        try {
          await (await upstream).stop();
        } catch (error) {
          this.#log({ level: 'warn', event: 'provider-stop-failed', provider: id, error: messageOf(error) });
        }
      }),
    );
  }

  async #start(provider: Provider): Promise<StartedUpstream> {
    if (!provider.start) throw new Error('it has no start function');
    const log = (message: string): void =>
      this.#log({ level: 'info', event: 'provider', provider: provider.id, message });
    const upstream = await provider.start({ signal: this.#stopping.signal, log });
    this.#tellSecret(upstream.credential);
    return upstream;
  }
}
