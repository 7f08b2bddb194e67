/** Time limits in seconds; 0 = off. */
export interface Timeouts {
  connect_s: number;
  first_byte_s: number;
  idle_s: number;
  ping_s: number;
  drain_s: number;
}

/** Retries over the whole failover chain. */
export interface RetrySettings {
  max_attempts: number;
  /** Longest wait a provider may ask for, in seconds. */
  max_wait_s: number;
  /** Share of recent requests that may be retries, 0 to 1. */
  budget: number;
}

/** When a circuit opens and how it recovers; times in seconds. */
export interface BreakerSettings {
  failure_threshold: number;
  /** 0 to 1. */
  failure_ratio: number;
  min_requests: number;
  window_s: number;
  recovery_s: number;
  max_recovery_s: number;
}
