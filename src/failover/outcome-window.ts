/** Into how many slices a window is cut: it forgets by whole slices. */
const SLICES = 10;

interface Slice {
  /** Number of the slice since the beginning of time; tells an old one from a new one in the same place. */
  number: number;
  calls: number;
  failures: number;
}

/** Counts calls and failures of the last so many milliseconds, in constant memory. */
export class OutcomeWindow {
  readonly #sliceMs: number;
  readonly #slices: Slice[] = Array.from({ length: SLICES }, () => ({ number: -1, calls: 0, failures: 0 }));

  constructor(windowMs: number) {
    this.#sliceMs = Math.max(1, windowMs / SLICES);
  }

  add(now: number, isFailure: boolean): void {
    const number = Math.floor(now / this.#sliceMs);
    const slice = this.#slices[number % SLICES];
    if (!slice) return;
    if (slice.number !== number) Object.assign(slice, { number, calls: 0, failures: 0 });
    slice.calls += 1;
    if (isFailure) slice.failures += 1;
  }

  at(now: number): { readonly calls: number; readonly failures: number } {
    const oldest = Math.floor(now / this.#sliceMs) - SLICES + 1;
    let calls = 0;
    let failures = 0;
    for (const slice of this.#slices) {
      if (slice.number < oldest) continue;
      calls += slice.calls;
      failures += slice.failures;
    }
    return { calls, failures };
  }
}
