import type { UpstreamClient } from '../http/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Counters } from './counters.ts';
import type { RefusalMemory } from './heal/refusal-memory.ts';
import type { Log } from './log.ts';
import type { ProfileDirectory } from './profile-directory.ts';
import type { Sessions } from './sessions.ts';
import type { StartedUpstreams } from './started-upstreams.ts';
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
  readonly sessions: Sessions;
  readonly upstream: UpstreamClient;
  readonly started: StartedUpstreams;
  readonly counters: Counters;
  readonly refusals: RefusalMemory;
  readonly meter: PromptMeter;
  readonly log: Log;
  /** Aborted when the proxy begins to stop: what only waits ends at once. */
  readonly stopping: AbortSignal;
  /** Aborted when the proxy has drained long enough: whatever still runs ends with an error. */
  readonly shutdown: AbortSignal;
  /** Asks the proxy to stop accepting, finish what runs and end. */
  requestStop(): void;
}
