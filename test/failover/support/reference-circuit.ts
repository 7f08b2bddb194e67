import type { CircuitSettings } from '../../../src/failover/index.ts';

/** What may be told about a call. */
export const TELLINGS = ['commit', 'succeed', 'fail', 'refuse', 'abandon'] as const;
export type Telling = (typeof TELLINGS)[number];

/** A call that the reference let through. */
export interface Ticket {
  readonly era: number;
  readonly isProbe: boolean;
  isEnded: boolean;
}

/** A circuit as its description says, without any thought of speed or memory: it keeps every outcome of an era. */
export class ReferenceCircuit {
  settings: CircuitSettings;
  /** Grows with every opening and closing: what was let through in one era says nothing in the next. */
  era = 0;
  outcomes: { at: number; isFailure: boolean }[] = [];
  row = 0;
  /** Absent while it is closed. */
  pause: { readonly from: number; readonly lasting: number; probes: number } | undefined;
  openings = 0;

  constructor(settings: CircuitSettings) {
    this.settings = settings;
  }

  configure(settings: CircuitSettings): void {
    if (settings.windowMs !== this.settings.windowMs) this.outcomes = [];
    this.settings = settings;
    if (this.pause && settings.failureThreshold === 0 && settings.failureRatio === 0) this.close();
  }

  remaining(now: number): number {
    return this.pause ? Math.max(0, this.pause.from + this.pause.lasting - now) : 0;
  }

  state(now: number): string {
    if (!this.pause) return 'closed';
    return this.remaining(now) > 0 ? 'open' : 'half-open';
  }

  admits(now: number): boolean {
    return !this.pause || (this.remaining(now) === 0 && this.pause.probes === 0);
  }

  admit(now: number): Ticket | undefined {
    if (!this.admits(now)) return undefined;
    if (this.pause) this.pause.probes += 1;
    return { era: this.era, isProbe: this.pause !== undefined, isEnded: false };
  }

  tell(ticket: Ticket, telling: Telling, now: number): void {
    if (ticket.isEnded) return;
    ticket.isEnded = telling !== 'commit';
    if (ticket.era !== this.era) return;
    if (ticket.isProbe) this.#tellOfProbe(telling, now);
    else if (telling === 'succeed' || telling === 'fail') this.#count(telling === 'fail', now);
  }

  #tellOfProbe(telling: Telling, now: number): void {
    if (!this.pause) return;
    if (telling === 'abandon') this.pause.probes -= 1;
    else if (telling === 'fail') this.open(now, this.pause.lasting * 2);
    else this.close();
  }

  #count(isFailure: boolean, now: number): void {
    this.row = isFailure ? this.row + 1 : 0;
    this.outcomes.push({ at: now, isFailure });
    if (!isFailure) return;
    const { failureThreshold, failureRatio, minimumCalls, windowMs, recoveryMs } = this.settings;
    // The window moves on by a tenth of itself.
    const tenth = (time: number): number => Math.floor(time / (windowMs / 10));
    const recent = this.outcomes.filter(({ at }) => tenth(now) - tenth(at) < 10);
    const share = recent.filter((outcome) => outcome.isFailure).length / recent.length;
    const isRowTooLong = failureThreshold > 0 && this.row >= failureThreshold;
    const isShareTooLarge = failureRatio > 0 && recent.length >= minimumCalls && share >= failureRatio;
    if (isRowTooLong || isShareTooLarge) this.open(now, recoveryMs);
  }

  open(now: number, wanted: number): void {
    this.#newEra();
    this.openings += 1;
    this.pause = { from: now, lasting: Math.min(wanted, this.settings.maximumRecoveryMs), probes: 0 };
  }

  close(): void {
    this.#newEra();
    this.pause = undefined;
  }

  #newEra(): void {
    this.era += 1;
    this.row = 0;
    this.outcomes = [];
  }
}
