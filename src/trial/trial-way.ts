import { createScrubber, type Scrubber } from '../errors/index.ts';
import { createExchangeClient, type UpstreamClient } from '../http/index.ts';
import { ProviderReach } from '../proxy/index.ts';

/** What tests of profiles go through: the network, and what some providers need before they can be reached. */
export interface TrialWay {
  readonly upstream: UpstreamClient;
  readonly reach: ProviderReach;
  /** Knows every secret that was met on the way. */
  readonly scrubber: Scrubber;
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
  const scrubber = createScrubber();
  const tellSecret = (secret: string): void => scrubber.know(secret);
  const reach = new ProviderReach({ log: () => undefined, client: upstream, tellSecret });
  return {
    upstream,
    reach,
    scrubber,
    ...(limitMs !== undefined && { limitMs }),
    async close() {
      await reach.stop();
      upstream.close();
    },
  };
}
