/** Longest value of a label. */
const LONGEST_VALUE = 128;

/** Keeps the number of series of a metric bounded, whatever models and profiles clients name. */
export class SeriesCap<Name extends string> {
  readonly #known = new Map<string, { [name in Name]: string }>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The labels, as long as there is room for one more series; else `other` for each. Always give them in one order. */
  bound(labels: { readonly [name in Name]: string }): { [name in Name]: string } {
    const key = Object.values<string>(labels).join('\n');
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= this.#most) return changed(labels, () => 'other');
    const short = changed(labels, (value) => value.slice(0, LONGEST_VALUE));
    this.#known.set(key, short);
    return short;
  }
}

function changed<Name extends string>(
  labels: { readonly [name in Name]: string },
  change: (value: string) => string,
): { [name in Name]: string } {
  const entries = Object.entries<string>(labels).map(([name, value]) => [name, change(value)]);
  return Object.fromEntries(entries) as { [name in Name]: string };
}
