import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { SeriesCap } from './series-cap.ts';

/** Most series of one metric. */
const MOST_SERIES = 1_000;

/** Adds to a series. Default: one. */
export type Add<Name extends string> = (labels: { readonly [name in Name]: string }, amount?: number) => void;

/** Sets a series to a value. */
export type Put<Name extends string> = (labels: { readonly [name in Name]: string }, value: number) => void;

/** Makes metrics in a registry, each with a bound number of series. */
export class MetricSet {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Something that only grows. */
  counter<Name extends string>(name: string, help: string, labelNames: readonly Name[]): Add<Name> {
    const cap = new SeriesCap<Name>(MOST_SERIES);
    const counter = new Counter({ name, help, labelNames, registers: [this.#registry] });
    return (labels, amount = 1) => counter.inc(cap.bound(labels), amount);
  }

  /** Something that only grows and is counted elsewhere: looked up when somebody asks. */
  total(name: string, help: string, read: () => number): void {
    const total = new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        total.reset();
        total.inc(read());
      },
    });
  }

  /** How values are spread, by profile. */
  histogram(name: string, help: string, buckets: readonly number[]): Put<'profile'> {
    // Each series has a line per bucket, and two more and the infinite one.
    const cap = new SeriesCap<'profile'>(Math.floor(MOST_SERIES / (buckets.length + 3)));
    const histogram = new Histogram({
      name,
      help,
      labelNames: ['profile'],
      buckets: [...buckets],
      registers: [this.#registry],
    });
    return (labels, value) => histogram.observe(cap.bound(labels), value);
  }

  /** A value that is looked up when somebody asks. What `collect` does not put is gone. */
  gauge<Name extends string>(
    name: string,
    help: string,
    labelNames: readonly Name[],
    collect: (put: Put<Name>) => void,
  ): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        gauge.reset();
        const cap = new SeriesCap<Name>(MOST_SERIES);
        collect((labels, value) => gauge.set(cap.bound(labels), value));
      },
    });
  }
}
