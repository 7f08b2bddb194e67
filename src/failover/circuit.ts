import { OutcomeWindow } from './outcome-window.ts';

/** When a circuit opens and how it recovers. Times in milliseconds; a threshold of 0 is switched off. */
export interface CircuitSettings {
  /** So many failures in a row open it. */
  readonly failureThreshold: number;
  /** So large a share of failures opens it, 0 to 1 … */
  readonly failureRatio: number;
  /** … once so many calls have ended … */
  readonly minimumCalls: number;
  /** … within this time. */
  readonly windowMs: number;
  /** How long it stays open the first time. It doubles with every probe that fails … */
  readonly recoveryMs: number;
  /** … up to this. */
  readonly maximumRecoveryMs: number;
}

/** `half-open`: its time is up, and the next call is a probe. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** A call that a circuit lets through. Exactly one of the last four ends it; everything after that is ignored. */
export interface Admission {
  /** The answer has begun. A probe that gets this far has shown enough: others may come at once. */
  commit(): void;
  succeed(): void;
  fail(): void;
  /** The upstream refused the request itself: it is there, but that says nothing about how well it is. */
  refuse(): void;
  /** Nobody knows: the client went away, or we broke it off. */
  abandon(): void;
}

type Phase =
  | { readonly state: 'closed'; inARow: number; outcomes: OutcomeWindow }
  | { readonly state: 'open'; readonly until: number; readonly forMs: number; isProbed: boolean };

/**
 * Keeps calls away from an upstream that does not work, and lets one through from time to time to find out whether it
 * does again. Knows no clock: every method is told the time, in milliseconds that only grow.
 */
export class Circuit {
  #settings: CircuitSettings;
  #phase: Phase;
  #opened = 0;

  constructor(settings: CircuitSettings) {
    this.#settings = settings;
    this.#phase = closed(settings);
  }

  /** Takes other settings. What it has counted stays, but for the share of failures when its window is another one. */
  configure(settings: CircuitSettings): void {
    const isWindowSame = settings.windowMs === this.#settings.windowMs;
    this.#settings = settings;
    if (this.#phase.state === 'open') {
      if (isOff(settings)) this.#phase = closed(settings);
    } else if (!isWindowSame) this.#phase.outcomes = new OutcomeWindow(settings.windowMs);
  }

  stateAt(now: number): CircuitState {
    if (this.#phase.state === 'closed') return 'closed';
    return now < this.#phase.until ? 'open' : 'half-open';
  }

  /** How often it has opened. */
  get opened(): number {
    return this.#opened;
  }

  /** How long it stays open, in milliseconds; 0 when the next call may pass or is a probe on its way. */
  remainingMs(now: number): number {
    return this.#phase.state === 'closed' ? 0 : Math.max(0, this.#phase.until - now);
  }

  /** Whether it would let a call through. */
  isPassable(now: number): boolean {
    return this.#phase.state === 'closed' || (now >= this.#phase.until && !this.#phase.isProbed);
  }

  /** Lets a call through, or nothing. `clock` is asked again when the call ends. */
  admit(clock: () => number): Admission | undefined {
    const phase = this.#phase;
    if (phase.state === 'closed') return this.#counted(phase, clock);
    if (!this.isPassable(clock())) return undefined;
    phase.isProbed = true;
    return this.#probe(phase, clock);
  }

  #counted(phase: Phase & { state: 'closed' }, clock: () => number): Admission {
    return once(() => this.#phase === phase, {
      commit: () => undefined,
      succeed: () => {
        phase.inARow = 0;
        phase.outcomes.add(clock(), false);
      },
      fail: () => {
        const now = clock();
        phase.inARow += 1;
        phase.outcomes.add(now, true);
        if (this.#isTooMuch(phase, now)) this.#open(now, this.#settings.recoveryMs);
      },
      refuse: () => undefined,
      abandon: () => undefined,
    });
  }

  #probe(phase: Phase & { state: 'open' }, clock: () => number): Admission {
    const close = (): void => {
      this.#phase = closed(this.#settings);
    };
    return once(() => this.#phase === phase, {
      commit: close,
      succeed: close,
      fail: () => this.#open(clock(), phase.forMs * 2),
      refuse: close,
      abandon: () => {
        phase.isProbed = false;
      },
    });
  }

  #isTooMuch({ inARow, outcomes }: Phase & { state: 'closed' }, now: number): boolean {
    const { failureThreshold, failureRatio, minimumCalls } = this.#settings;
    if (failureThreshold > 0 && inARow >= failureThreshold) return true;
    const { calls, failures } = outcomes.at(now);
    return failureRatio > 0 && calls >= Math.max(1, minimumCalls) && failures / calls >= failureRatio;
  }

  #open(now: number, wantedMs: number): void {
    const forMs = Math.min(wantedMs, this.#settings.maximumRecoveryMs);
    this.#opened += 1;
    this.#phase = { state: 'open', until: now + forMs, forMs, isProbed: false };
  }
}

function isOff({ failureThreshold, failureRatio }: CircuitSettings): boolean {
  return failureThreshold <= 0 && failureRatio <= 0;
}

function closed({ windowMs }: CircuitSettings): Phase {
  return { state: 'closed', inARow: 0, outcomes: new OutcomeWindow(windowMs) };
}

/** Ends a call at most once, and only while the circuit is still in the phase that let it through. */
function once(isCurrent: () => boolean, steps: Admission): Admission {
  let isOver = false;
  const end = (step: () => void) => (): void => {
    if (isOver) return;
    isOver = true;
    if (isCurrent()) step();
  };
  return {
    commit: () => {
      if (!isOver && isCurrent()) steps.commit();
    },
    succeed: end(() => steps.succeed()),
    fail: end(() => steps.fail()),
    refuse: end(() => steps.refuse()),
    abandon: end(() => steps.abandon()),
  };
}
