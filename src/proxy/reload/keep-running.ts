import type { Configuration } from '../../config/index.ts';

/** What is decided once, when the proxy begins to listen. */
const FIXED = ['proxy_host', 'proxy_port', 'proxy_token', 'proxy_allow_remote'] as const;

/** A configuration of which the fixed keys have the values the proxy runs with. */
export interface Kept {
  readonly configuration: Configuration;
  /** The keys whose new value counts from the next start on, in alphabetical order. */
  readonly restartNeeded: readonly string[];
}

/** Takes over a changed configuration, but for what would need another start. `running` is that of the start. */
export function keepRunning(changed: Configuration, running: Configuration): Kept {
  const { proxy_host, proxy_port, proxy_token, proxy_allow_remote } = running;
  const { proxy_token: _later, ...rest } = changed;
  const fixed = { proxy_host, proxy_port, proxy_allow_remote, ...(proxy_token === undefined ? {} : { proxy_token }) };
  return {
    configuration: { ...rest, ...fixed },
    restartNeeded: FIXED.filter((key) => changed[key] !== running[key]).toSorted(),
  };
}
