import type { ExchangeReport } from '../../state/index.ts';
import type { Exporter } from './exporter.ts';
import type { GaugeSources } from './gauges.ts';

/** So many reports and losses take less memory than the library that counts them. */
const MOST_WAITING = 5_000;

type LoadExporter = () => Promise<{ readonly Exporter: typeof Exporter }>;

/**
 * The metrics of a proxy. Most users never ask for them, so their library is loaded by the first who does, or when too
 * many reports wait for it. Where it is gone, because Claudex was replaced on disk, these are not counted, and the next
 * who asks looks again.
 */
export class Metrics {
  readonly #sources: GaugeSources;
  readonly #loadExporter: LoadExporter;
  #waiting: ExchangeReport[] = [];
  #held = 0;
  #exporter: Promise<Exporter> | undefined;
  #loaded: Exporter | undefined;

  constructor(sources: GaugeSources, loadExporter: LoadExporter = () => import('./exporter.ts')) {
    this.#sources = sources;
    this.#loadExporter = loadExporter;
  }

  /** Counts a finished exchange. */
  take(report: ExchangeReport): void {
    if (this.#loaded) {
      this.#loaded.take(report);
      return;
    }
    this.#waiting.push(report);
    this.#held += 1 + report.losses.length;
    if (this.#held >= MOST_WAITING) void this.#load().catch(() => undefined);
  }

  /** Everything in the text format of Prometheus 0.0.4. */
  async text(): Promise<string> {
    const exporter = await this.#load();
    return exporter.text();
  }

  #load(): Promise<Exporter> {
    this.#exporter ??= this.#make();
    return this.#exporter;
  }

  async #make(): Promise<Exporter> {
    try {
      const { Exporter } = await this.#loadExporter();
      const exporter = new Exporter(this.#sources);
      for (const report of this.#waiting) exporter.take(report);
      this.#loaded = exporter;
      return exporter;
    } catch (error) {
      this.#exporter = undefined;
      throw error;
    } finally {
      this.#waiting = [];
      this.#held = 0;
    }
  }
}
