import type { ExchangeReport } from '../../state/index.ts';
import type { Exporter } from './exporter.ts';
import type { GaugeSources } from './gauges.ts';

/** So many reports and losses take less memory than the library that counts them. */
const MOST_WAITING = 5_000;

/**
 * The metrics of a proxy. Most users never ask for them, so their library is loaded by the first who does, or when too
 * many reports wait for it.
 */
export class Metrics {
  readonly #sources: GaugeSources;
  #waiting: ExchangeReport[] = [];
  #held = 0;
  #exporter: Promise<Exporter> | undefined;
  #loaded: Exporter | undefined;

  constructor(sources: GaugeSources) {
    this.#sources = sources;
  }

  /** Counts a finished exchange. */
  take(report: ExchangeReport): void {
    if (this.#loaded) {
      this.#loaded.take(report);
      return;
    }
    this.#waiting.push(report);
    this.#held += 1 + report.losses.length;
    if (this.#held >= MOST_WAITING) void this.#load();
  }

  /** Everything in the text format of Prometheus 0.0.4. */
  async text(): Promise<string> {
    const exporter = await this.#load();
    return exporter.text();
  }

  #load(): Promise<Exporter> {
    this.#exporter ??= import('./exporter.ts').then(({ Exporter }) => {
      const exporter = new Exporter(this.#sources);
      for (const report of this.#waiting) exporter.take(report);
      this.#waiting = [];
      this.#loaded = exporter;
      return exporter;
    });
    return this.#exporter;
  }
}
