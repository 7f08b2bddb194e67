import { integer, seconds, share } from './kinds.ts';
import type { Keys } from './kinds.ts';

/** `[timeouts]`, and as overrides `[profiles.timeouts]`. */
export const timeoutKeys: Keys = {
  connect_s: { kind: seconds, default: 10, meaning: 'until a provider accepts the connection' },
  first_byte_s: { kind: seconds, default: 120, meaning: 'until its answer begins' },
  idle_s: { kind: seconds, default: 300, meaning: 'between two pieces of its answer' },
  ping_s: { kind: seconds, default: 15, meaning: 'between signs of life to the client' },
  drain_s: { kind: seconds, default: 30, meaning: 'for running answers when the proxy stops' },
};

/** `[breaker]`, and as overrides `[profiles.breaker]`. */
export const breakerKeys: Keys = {
  failure_threshold: { kind: integer(1), default: 3, meaning: 'failures in a row that open it' },
  failure_ratio: { kind: share, default: 0.5, meaning: 'share of failed requests that opens it' },
  min_requests: { kind: integer(1), default: 10, meaning: 'requests before the share counts' },
  window_s: { kind: seconds, default: 60, meaning: 'how far back requests count' },
  recovery_s: { kind: seconds, default: 30, meaning: 'first time it stays open' },
  max_recovery_s: { kind: seconds, default: 300, meaning: 'longest time it stays open' },
};
