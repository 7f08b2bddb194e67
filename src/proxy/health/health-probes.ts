import type { BoundProfile } from '../../router/index.ts';
import type { ProfileDirectory } from '../profile-directory.ts';
import { probe, type Probed, type ProbeWay } from './probe.ts';
import { hasSameAddress, ProbeTargets, type ProfileAddress } from './probe-targets.ts';

/** Most probes that run at once. */
const AT_ONCE = 4;

/** What is known of a profile's provider. */
export interface Health {
  readonly state: 'unknown' | Probed['state'];
  /** ISO 8601. */
  readonly checked_at: string | null;
  readonly latency_ms: number | null;
  readonly reason: string | null;
}

const UNKNOWN: Health = { state: 'unknown', checked_at: null, latency_ms: null, reason: null };

/** What {@link HealthProbes} work with. */
export interface HealthOptions extends ProbeWay {
  readonly profiles: ProfileDirectory;
  /** Ends all of it. */
  readonly stopping: AbortSignal;
}

/**
 * Asks the providers of the profiles that were used, now and then, whether they can be reached. That is something to
 * look at: no request is sent another way because of it.
 */
export class HealthProbes {
  readonly #options: HealthOptions;
  readonly #targets: ProbeTargets;
  readonly #found = new Map<string, { readonly address: ProfileAddress; readonly health: Health }>();
  #timer: NodeJS.Timeout | undefined;
  /** The interval of that timer. */
  #timedMs = 0;
  #isRunning = false;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#targets = new ProbeTargets(options.profiles);
    options.stopping.addEventListener('abort', () => this.#halt(), { once: true });
  }

  /** A request is served by this profile: it is asked from now on. */
  used(bound: BoundProfile): void {
    if (this.#targets.use(bound)) this.#start();
  }

  /** The outcome of the last probe of a profile of the proxy's own configuration. */
  of(profileName: string): Health {
    const found = this.#found.get(profileName);
    const own = found && this.#targets.ownOf(profileName);
    return own && hasSameAddress(own, found.address) ? found.health : UNKNOWN;
  }

  /** The configuration changed: a new interval counts at once. */
  follow(): void {
    if (this.#intervalMs() === this.#timedMs) return;
    this.#halt();
    if (this.#targets.isAnyUsed) this.#start();
  }

  /** Without a profile in use there is no timer. A random part of the first interval keeps many proxies apart. */
  #start(): void {
    const intervalMs = this.#intervalMs();
    if (this.#timer || intervalMs === 0 || this.#options.stopping.aborted) return;
    this.#timedMs = intervalMs;
    this.#timer = setTimeout(
      () => {
        void this.#round();
        this.#timer = setInterval(() => void this.#round(), intervalMs).unref();
      },
      intervalMs * (0.5 + Math.random() / 2),
    ).unref();
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timedMs = 0;
  }

  #intervalMs(): number {
    return this.#options.profiles.base.configuration.health_interval_s * 1000;
  }

  async #round(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const waiting = this.#targets.list();
    const work = async (): Promise<void> => {
      for (let bound = waiting.shift(); bound; bound = waiting.shift()) await this.#ask(bound);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    this.#isRunning = false;
  }

  async #ask(bound: BoundProfile): Promise<void> {
    const { reach, stopping } = this.#options;
    // Nothing is started or exchanged just to look.
    if (stopping.aborted || !reach.isReady(bound)) return;
    const probed = await probe(bound, this.#options, stopping);
    if (!probed) return;
    const health = { ...probed, checked_at: new Date().toISOString() };
    const { homeUrl, provider } = bound;
    this.#found.set(bound.profile.name, { address: { homeUrl, provider }, health });
  }
}
