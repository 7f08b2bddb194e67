import type { CircuitSnapshot } from '../../failover/index.ts';
import { BREAKER_RANK, worstByModel } from './breaker-view.ts';
import type { LoopDelayFigures } from './loop-delay.ts';
import type { MetricSet } from './metric-set.ts';

/** What is looked up when somebody asks for the metrics. */
export interface GaugeSources {
  /** Every circuit breaker there is. */
  readonly breakers: () => readonly CircuitSnapshot[];
  /** Answers that are running. */
  readonly active: () => number;
  /** Lines that the log could not take. */
  readonly droppedLines: () => number;
  /** Reports that the history could not take. */
  readonly droppedReports: () => number;
  readonly loopDelay: () => LoopDelayFigures;
}

/** Adds the metrics that have a value at any time. */
export function addGauges(metrics: MetricSet, sources: GaugeSources): void {
  const { breakers, active, droppedLines, droppedReports, loopDelay } = sources;
  metrics.gauge(
    'claudex_breaker_state',
    'Circuit breaker: 0 closed, 1 half-open, 2 open',
    ['profile', 'model'],
    (put) => {
      for (const { profile, model, state } of worstByModel(breakers())) put({ profile, model }, BREAKER_RANK[state]);
    },
  );
  metrics.gauge('claudex_streams_active', 'Answers that are running', [], (put) => put({}, active()));
  metrics.total('claudex_log_dropped_total', 'Lines that the log could not take', droppedLines);
  metrics.total('claudex_history_dropped_total', 'Reports that the history could not take', droppedReports);
  metrics.gauge(
    'claudex_event_loop_delay_seconds',
    'By how much timers come late, in the last minute or two',
    ['quantile'],
    (put) => {
      const { p50_s, p99_s, max_s } = loopDelay();
      put({ quantile: '0.5' }, p50_s);
      put({ quantile: '0.99' }, p99_s);
      put({ quantile: '1' }, max_s);
    },
  );
}
