import type { UpstreamClient } from '../http/index.ts';
import { Connections } from '../oauth/index.ts';
import type { BoundProfile, Reach } from '../router/index.ts';
import type { Log } from './log.ts';
import { StartedUpstreams } from './started-upstreams.ts';

/** What a {@link ProviderReach} works with. */
export interface ProviderReachOptions {
  readonly log: Log;
  readonly client: UpstreamClient;
  /** Is told every secret by which a provider is reached. */
  readonly tellSecret?: (secret: string) => void;
}

/** Reaches providers that take more than an address and a key: an upstream of their own, or a credential in exchange. */
export class ProviderReach {
  readonly #started: StartedUpstreams;
  readonly #connections: Connections;

  constructor({ log, client, tellSecret = () => undefined }: ProviderReachOptions) {
    this.#started = new StartedUpstreams(log, tellSecret);
    this.#connections = new Connections({ client, tellSecret });
  }

  /**
   * How the profile's provider is reached now; undefined where the profile says it all. Throws a RequestError when an
   * upstream cannot start, and a ConnectError when the credential cannot be exchanged.
   */
  async of(bound: BoundProfile, signal: AbortSignal): Promise<Reach | undefined> {
    const { provider } = bound;
    if (provider.start) return this.#started.of(provider);
    return this.#connections.reachOf(bound, signal);
  }

  /** Whether the provider can be asked without starting or exchanging anything for it. */
  isReady(bound: BoundProfile): boolean {
    const { provider } = bound;
    if (provider.start) return this.#started.isRunning(provider);
    return !provider.connect || this.#connections.has(bound);
  }

  /** The provider refused a request with these headers: what it gave in exchange is not shown again. */
  forget(bound: BoundProfile, shown: { readonly [name: string]: string }): void {
    this.#connections.forget(bound, shown);
  }

  /** Stops what was started; failures are logged. */
  async stop(): Promise<void> {
    this.#connections.close();
    await this.#started.stop();
  }
}
