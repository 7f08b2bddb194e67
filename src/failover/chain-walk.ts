import type { Fault } from '@claudex/sdk';
import { backoffMs } from './backoff.ts';
import type { ChainTarget, FailoverState, WalkLimits } from './chain.ts';
import type { Admission } from './circuit.ts';
import { pickFault, unavailable } from './final-fault.ts';
import { reasonAgainst } from './reason-against.ts';
import { judge, type Verdict } from './verdict.ts';
import type { PassedOver, WalkStep } from './walk-step.ts';

/** How much too early a timer may end a wait, in milliseconds; so much of a cooldown is let pass. */
const EARLY_MS = 50;

interface Place<Target> {
  readonly target: Target;
  calls: number;
  /** May be asked (again) in this request. */
  isEligible: boolean;
  /** What its last failure asked to wait, in milliseconds. */
  retryAfterMs: number;
}

/**
 * The walk of one request along its chain: everybody once in order, then whoever may have recovered, within the limits.
 * Decides only; calling and waiting is up to the caller.
 */
export class ChainWalk<Target extends ChainTarget> {
  readonly #places: readonly Place<Target>[];
  readonly #limits: WalkLimits;
  readonly #state: FailoverState;
  readonly #note: (target: Target, reason: PassedOver) => void;
  readonly #noted = new Set<Target>();
  #calls = 0;
  #waitedMs = 0;
  #waiting: { readonly place: Place<Target>; readonly waitMs: number } | undefined;
  #faults: Fault[] = [];

  /** `note` is told once of every target that is passed over. */
  constructor(
    targets: readonly Target[],
    limits: WalkLimits,
    state: FailoverState,
    note: (target: Target, reason: PassedOver) => void,
  ) {
    this.#places = targets.map((target) => ({ target, calls: 0, isEligible: true, retryAfterMs: 0 }));
    this.#limits = limits;
    this.#state = state;
    this.#note = note;
    state.budget.request(state.clock());
  }

  /** The next wait or call, or the failure to end with. A call that was given out must be ended by its admission. */
  next(): WalkStep<Target> {
    const isLeft = this.#calls < Math.max(1, this.#limits.maxAttempts);
    const step = isLeft ? (this.#awaited() ?? this.#fresh() ?? this.#again()) : undefined;
    return step ?? { kind: 'give-up', fault: pickFault(this.#faults) ?? this.#unavailable() };
  }

  /** Takes how a call failed before the answer began. `admission` is the one it was given. */
  failed(target: Target, fault: Fault, admission: Admission): void {
    const verdict = judge(fault);
    admission[verdict.circuit]();
    this.#close(target, fault, verdict);
  }

  /** Takes that a target cannot serve this request, which nobody was called to find out. */
  unfit(target: Target, fault: Fault, admission: Admission): void {
    const { elsewhere, ...verdict } = judge(fault);
    admission.abandon();
    this.#calls -= 1;
    this.#close(target, fault, { ...verdict, here: false, elsewhere: elsewhere === 'none' ? 'any' : elsewhere });
  }

  #close(target: Target, fault: Fault, verdict: Verdict): void {
    const isFirst = this.#faults.length === 0;
    this.#faults.push(fault);
    if (fault.kind === 'rate-limit' && fault.retryAfterMs !== undefined)
      this.#state.cooldowns.start(target.circuitKey, this.#state.wallClock(), fault.retryAfterMs);
    for (const place of this.#places) {
      if (place.target === target) {
        place.isEligible &&= verdict.here;
        place.retryAfterMs = Math.max(0, fault.retryAfterMs || 0);
      } else if (verdict.elsewhere === 'none') {
        // What one backup finds wrong with a request need not bother those before it.
        if (isFirst || verdict.isOver) place.isEligible = false;
      } else this.#rule(place, target, fault, verdict);
    }
  }

  #rule(place: Place<Target>, failed: Target, fault: Fault, { elsewhere }: Verdict): void {
    if (!place.isEligible || place.calls > 0) return;
    const reason = reasonAgainst(place.target, failed, fault, elsewhere);
    if (reason === undefined) return;
    place.isEligible = false;
    this.#pass(place.target, reason);
  }

  /** Whoever was waited for, unless it asked for more time meanwhile, or its circuit has opened. */
  #awaited(): WalkStep<Target> | undefined {
    const awaited = this.#waiting;
    this.#waiting = undefined;
    if (!awaited || this.#coolingMs(awaited.place) > EARLY_MS) return undefined;
    return this.#call(awaited.place, awaited.waitMs);
  }

  #fresh(): WalkStep<Target> | undefined {
    for (const place of this.#places) {
      if (!place.isEligible || place.calls > 0) continue;
      if (this.#coolingMs(place) > 0) {
        this.#pass(place.target, 'cooling-down');
        continue;
      }
      const step = this.#call(place, 0);
      if (step) return step;
    }
    return undefined;
  }

  /** Whoever failed in a way that may pass, and whoever asked to be left alone for a time that can be waited. */
  #again(): WalkStep<Target> | undefined {
    const { budget, clock } = this.#state;
    for (const place of this.#places) {
      if (!place.isEligible || (place.calls > 0 && !budget.allows(clock(), this.#limits.budget))) continue;
      const waitMs = this.#waitFor(place);
      if (waitMs > this.#limits.maxWaitMs - this.#waitedMs) continue;
      const step = waitMs > 0 ? this.#wait(place, waitMs) : this.#call(place, 0);
      if (step) return step;
    }
    return undefined;
  }

  #waitFor(place: Place<Target>): number {
    const wanted = place.calls === 0 ? 0 : Math.max(place.retryAfterMs, backoffMs(place.calls, this.#state.random()));
    return Math.max(wanted, this.#coolingMs(place));
  }

  #wait(place: Place<Target>, waitMs: number): WalkStep<Target> | undefined {
    if (!this.#circuitOf(place.target).isPassable(this.#state.clock())) {
      this.#pass(place.target, 'breaker-open');
      return undefined;
    }
    // Now, or everybody who fails at the same moment would find the budget untouched.
    this.#spend();
    this.#waiting = { place, waitMs };
    this.#waitedMs += waitMs;
    return { kind: 'wait', waitMs };
  }

  #call(place: Place<Target>, waitedMs: number): WalkStep<Target> | undefined {
    const { target } = place;
    const admission = this.#circuitOf(target).admit(this.#state.clock);
    if (!admission) {
      this.#pass(target, 'breaker-open');
      return undefined;
    }
    if (waitedMs === 0) this.#spend();
    place.calls += 1;
    this.#calls += 1;
    return { kind: 'call', target, waitedMs, admission };
  }

  /** Every call beyond the first counts. */
  #spend(): void {
    if (this.#calls > 0) this.#state.budget.spend(this.#state.clock());
  }

  #pass(target: Target, reason: PassedOver): void {
    if (this.#noted.has(target)) return;
    this.#noted.add(target);
    this.#note(target, reason);
  }

  #unavailable(): Fault {
    const now = this.#state.clock();
    return unavailable(
      this.#places.map((place) => ({
        label: place.target.label,
        coolingMs: this.#coolingMs(place),
        recoveringMs: this.#circuitOf(place.target).remainingMs(now),
      })),
    );
  }

  #circuitOf({ circuitKey, label, circuit }: Target) {
    return this.#state.circuits.of(circuitKey, label, circuit);
  }

  #coolingMs({ target }: Place<Target>): number {
    return this.#state.cooldowns.remainingMs(target.circuitKey, this.#state.wallClock());
  }
}
