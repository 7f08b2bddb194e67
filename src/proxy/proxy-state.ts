import type { Scrubber } from '../errors/index.ts';
import type { FailoverState } from '../failover/index.ts';
import type { UpstreamClient } from '../http/index.ts';
import type { Registry } from '../registry/index.ts';
import type { ExchangeReport, History } from '../state/index.ts';
import type { Counters } from './counters.ts';
import type { HealthProbes } from './health/health-probes.ts';
import type { RefusalMemory } from './heal/refusal-memory.ts';
import type { LocalServers } from './local-servers.ts';
import type { Log } from './log.ts';
import type { Observation } from './observe/observation.ts';
import type { ProfileDirectory } from './profile-directory.ts';
import type { ProviderReach } from './provider-reach.ts';
import type { ConfigurationReload } from './reload/configuration-reload.ts';
import type { Ending } from './server/gentle-stop.ts';
import type { Sessions } from './sessions.ts';
import type { PromptMeter } from './tokens/prompt-meter.ts';

/** Everything the routes of one proxy process share. */
export interface ProxyState {
  readonly version: string;
  readonly token: string;
  readonly address: { readonly host: string; readonly port: number };
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly registry: Registry;
  readonly profiles: ProfileDirectory;
  readonly local: LocalServers;
  readonly reload: ConfigurationReload;
  readonly health: HealthProbes;
  readonly sessions: Sessions;
  readonly upstream: UpstreamClient;
  readonly reach: ProviderReach;
  readonly counters: Counters;
  /** Circuits, cooldowns and the budget of repeats. */
  readonly failover: FailoverState;
  /** Told of every finished exchange; they must not throw. */
  readonly observers: readonly ((report: ExchangeReport) => void)[];
  /** What became of finished exchanges. */
  readonly history: History;
  /** What can be seen of this proxy from outside. */
  readonly observation: Observation;
  readonly refusals: RefusalMemory;
  readonly meter: PromptMeter;
  readonly log: Log;
  /** Knows every secret of this proxy; the log goes through it by itself. */
  readonly scrubber: Scrubber;
  /** Aborted when the proxy begins to stop, with its `Ending` as the reason: what only waits ends at once. */
  readonly stopping: AbortSignal;
  /** Aborted when the proxy has drained long enough: whatever still runs ends with an error. */
  readonly shutdown: AbortSignal;
  /** Asks the proxy to stop accepting, finish what runs and end. Default: for good. */
  requestStop(ending?: Ending): void;
}
