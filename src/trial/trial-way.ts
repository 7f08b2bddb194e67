import { createExchangeClient, type UpstreamClient } from '../http/index.ts';
import { StartedUpstreams } from '../proxy/index.ts';

/** What tests of profiles go through: the network, and the upstreams that providers run themselves. */
export interface TrialWay {
  readonly upstream: UpstreamClient;
  readonly started: StartedUpstreams;
  /** Longest that one call may take, in milliseconds. Default 10 seconds. */
  readonly limitMs?: number;
}

/** A way that was opened here and has to be closed. */
export interface OpenTrialWay extends TrialWay {
  /** Stops what was started, and lets connections go. */
  close(): Promise<void>;
}

/** Opens the way to providers, past the network's proxy as `environment` names it. */
export async function openTrialWay(environment: NodeJS.ProcessEnv, limitMs?: number): Promise<OpenTrialWay> {
  const upstream = await createExchangeClient(environment);
  const started = new StartedUpstreams(() => undefined);
  return {
    upstream,
    started,
    ...(limitMs !== undefined && { limitMs }),
    async close() {
      await started.stop();
      upstream.close();
    },
  };
}
