import { monitorEventLoopDelay } from 'node:perf_hooks';

/** By how much timers came late, in seconds: that is how long everything else waited, too. */
export interface LoopDelayFigures {
  readonly p50_s: number;
  readonly p99_s: number;
  readonly max_s: number;
}

/** How often it is looked, in milliseconds. A proxy that idles should not wake the processor all the time. */
const RESOLUTION_MS = 50;

/** So much older figures give way to new ones, in milliseconds. */
const WINDOW_MS = 60_000;

/** Watches how busy the process is. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #since = performance.now();

  constructor() {
    this.#histogram.enable();
  }

  /** The delays since the last reading that was at least a minute ago. */
  read(): LoopDelayFigures {
    const figures = {
      p50_s: this.#delayAt(50),
      p99_s: this.#delayAt(99),
      max_s: this.#delayAt(100),
    };
    if (performance.now() - this.#since > WINDOW_MS) {
      this.#histogram.reset();
      this.#since = performance.now();
    }
    return figures;
  }

  /** Ends it. */
  close(): void {
    this.#histogram.disable();
  }

  #delayAt(percent: number): number {
    const interval = this.#histogram.count === 0 ? 0 : this.#histogram.percentile(percent);
    // What is measured is the time from one look to the next.
    return Math.max(0, interval / 1e9 - RESOLUTION_MS / 1000);
  }
}
