import { Circuit, type CircuitSettings, type CircuitState } from './circuit.ts';

/** Most circuits kept; of more, those that were used longest ago are forgotten, closed ones first. */
const MAX_CIRCUITS = 1024;

/** What a circuit stands for, in words that may be shown. */
export interface CircuitLabel {
  readonly profile: string;
  readonly provider: string;
  readonly model: string;
}

/** A circuit as `/status` and `/metrics` show it. */
export interface CircuitSnapshot extends CircuitLabel {
  readonly state: CircuitState;
  /** Until the next call may pass, in milliseconds. */
  readonly remainingMs: number;
  /** How often it has opened. */
  readonly opened: number;
}

interface Entry {
  readonly circuit: Circuit;
  label: CircuitLabel;
}

/** All circuits of a proxy, by an opaque key for provider, credential and model together. */
export class Circuits {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: () => number;

  /** `clock` gives milliseconds that only grow. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Finds a circuit, or makes a closed one, and gives it these settings. */
  of(key: string, label: CircuitLabel, settings: CircuitSettings): Circuit {
    const found = this.#entries.get(key);
    const entry = found ?? { circuit: new Circuit(settings), label };
    if (found) {
      found.circuit.configure(settings);
      found.label = label;
      this.#entries.delete(key);
    }
    if (this.#entries.size >= MAX_CIRCUITS) this.#forgetOne();
    this.#entries.set(key, entry);
    return entry.circuit;
  }

  snapshot(): CircuitSnapshot[] {
    const now = this.#clock();
    return [...this.#entries.values()].map(({ circuit, label }) => ({
      ...label,
      state: circuit.stateAt(now),
      remainingMs: circuit.remainingMs(now),
      opened: circuit.opened,
    }));
  }

  #forgetOne(): void {
    const now = this.#clock();
    const keys = [...this.#entries.keys()];
    const idle = keys.find((key) => this.#entries.get(key)?.circuit.stateAt(now) === 'closed');
    this.#entries.delete(idle ?? keys[0] ?? '');
  }
}
