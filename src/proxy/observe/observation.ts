import type { CircuitSnapshot } from '../../failover/index.ts';
import type { ExchangeReport } from '../../state/index.ts';
import type { Counters } from '../counters.ts';
import type { Log } from '../log.ts';
import { exchangeLines } from './exchange-lines.ts';
import { Latencies } from './latencies.ts';
import { LoopDelay } from './loop-delay.ts';
import { Metrics } from './metrics.ts';

/** What an {@link Observation} looks at. */
export interface ObservationSources {
  readonly log: Log;
  readonly counters: Counters;
  readonly breakers: () => readonly CircuitSnapshot[];
  /** Lines that the log could not take. */
  readonly droppedLines: () => number;
  /** Reports that the history could not take. */
  readonly droppedReports: () => number;
}

/** Everything that can be seen of a proxy from outside: log, counters, latencies and metrics, fed with one report per exchange. */
export class Observation {
  readonly #sources: ObservationSources;
  readonly latencies = new Latencies();
  readonly loopDelay = new LoopDelay();
  readonly metrics: Metrics;

  constructor(sources: ObservationSources) {
    this.#sources = sources;
    this.metrics = new Metrics({
      breakers: sources.breakers,
      active: () => sources.counters.active(),
      droppedLines: sources.droppedLines,
      droppedReports: sources.droppedReports,
      loopDelay: () => this.loopDelay.read(),
    });
  }

  /** Every circuit breaker there is. */
  breakers(): readonly CircuitSnapshot[] {
    return this.#sources.breakers();
  }

  /** Lines that the log could not take. */
  droppedLines(): number {
    return this.#sources.droppedLines();
  }

  /** Takes what is to be known of a finished exchange. */
  take(report: ExchangeReport): void {
    const { counters, log } = this.#sources;
    counters.take(report);
    // Somebody who hung up says nothing about how long answers take.
    if (report.fault !== 'aborted') this.latencies.add(report.profile, report.duration_ms);
    this.metrics.take(report);
    for (const line of exchangeLines(report)) log(line);
  }

  /** Ends what watches. */
  close(): void {
    this.loopDelay.close();
  }
}
