import { randomBytes } from 'node:crypto';
import type { LoadedConfiguration } from '../../config/index.ts';
import { startProxy } from '../../proxy/index.ts';
import type { Registry } from '../../registry/index.ts';

/** What the proxy of a trial serves with. */
export interface TrialProxyOptions {
  readonly loaded: LoadedConfiguration;
  readonly registry: Registry;
  /** What `readKeys` gives. */
  readonly keys: NodeJS.ProcessEnv;
  /** Where the proxy variables of the network are looked up. */
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
}

/** A proxy in this process, and the token that it wants. */
export interface TrialProxy {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: string;
  /** Takes every secret of this proxy out of a text. */
  readonly scrub: (text: string) => string;
  readonly stop: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts a proxy on a free loopback port that serves as the user's would and leaves nothing behind on the disk. */
export async function startTrialProxy({ loaded, ...options }: TrialProxyOptions): Promise<TrialProxy> {
  const token = randomBytes(24).toString('base64url');
  const proxy = await startProxy({
    ...options,
    configuration: forTrial(loaded, token),
    token,
    host: HOST,
    port: 0,
    log: () => undefined,
  });
  return { url: `http://${HOST}:${proxy.port}`, token, stop: () => proxy.stop(), scrub: (text) => proxy.scrub(text) };
}

/**
 * Nobody but the tested profile may answer, one failure must not keep the next check from being made, and the reports of
 * the checks are kept in memory.
 */
function forTrial(loaded: LoadedConfiguration, token: string): LoadedConfiguration {
  const { values } = loaded;
  const breaker = { ...values.breaker, failure_threshold: Number.MAX_SAFE_INTEGER, failure_ratio: 0 };
  const profiles = values.profiles.map(({ breaker: _breaker, ...profile }) => ({
    ...profile,
    enabled: true,
    backup_providers: [],
  }));
  return {
    ...loaded,
    values: {
      ...values,
      profiles,
      breaker,
      proxy_token: token,
      proxy_idle_shutdown_s: 0,
      health_interval_s: 0,
      timeouts: { ...values.timeouts, drain_s: 1 },
      history: { days: 1, bodies: false },
    },
  };
}
