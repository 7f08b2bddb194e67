import type { Fault } from '@claudex/sdk';
import type { AttemptReport } from '../../state/index.ts';
import type { Target } from './target.ts';

/** Longest value of the header that shows the trail, in characters. */
const MAX_HEADER = 512;

/** More of a model's name is not kept, in characters: clients may send any. */
const MAX_NAME = 256;

/** A call that is on its way. */
export interface OpenAttempt {
  /** The answer has begun. */
  answered(): void;
  failed(fault: Fault): void;
  /** The provider refused a part of the request, and the next attempt leaves it out. */
  mended(fault: Fault): void;
  /** The provider refused its login, and the next attempt shows a new one. */
  renewed(fault: Fault): void;
}

/** What became of every target of one request, in order. */
export class Trail {
  readonly #began = performance.now();
  readonly #attempts: AttemptReport[] = [];
  /** The call on its way, as it would be broken off now. */
  #open: (() => AttemptReport) | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt = Date.now();
  /** Calls made to providers. */
  calls = 0;

  /** One that was still on its way when the client went away counts as failed. */
  get attempts(): readonly AttemptReport[] {
    return this.#open ? [...this.#attempts, this.#open()] : this.#attempts;
  }

  /** Milliseconds since the request came. */
  get elapsedMs(): number {
    return Math.round(performance.now() - this.#began);
  }

  /** A backup that cannot be used at all. */
  missing(profile: string): void {
    const nowhere = { profile, provider: '', protocol: '', model: '' };
    this.#add({ ...nowhere, after_ms: this.elapsedMs, duration_ms: 0, outcome: 'passed-over', reason: 'not-usable' });
  }

  /** A target that nobody was called at. */
  passOver(target: Target, reason: string): void {
    const after = this.elapsedMs;
    this.#add({ ...facts(target), after_ms: after, duration_ms: 0, outcome: 'passed-over', reason });
  }

  /** A call begins, after waiting so long. */
  begin(target: Target, waitedMs: number): OpenAttempt {
    const after = this.elapsedMs;
    const report = (outcome: AttemptReport['outcome'], fault?: Pick<Fault, 'kind' | 'status' | 'code'>) => ({
      ...facts(target),
      after_ms: after,
      duration_ms: this.elapsedMs - after,
      ...(waitedMs > 0 && { waited_ms: Math.round(waitedMs) }),
      outcome,
      ...(fault && reasonOf(fault)),
    });
    const end = (outcome: AttemptReport['outcome'], fault?: Fault): void => {
      this.#open = undefined;
      this.#add(report(outcome, fault));
    };
    this.#open = () => report('failed', { kind: 'aborted' });
    return {
      answered: () => end('answered'),
      failed: (fault) => end('failed', fault),
      mended: (fault) => end('mended', fault),
      renewed: (fault) => end('renewed', fault),
    };
  }

  /** E.g. `primary:503 overloaded, backup:answered`. */
  get header(): string {
    const steps = this.#attempts.map(({ profile, outcome, reason, status }) =>
      outcome === 'answered' ? `${profile}:answered` : `${profile}:${[status, reason].filter(Boolean).join(' ')}`,
    );
    return steps.join(', ').slice(0, MAX_HEADER);
  }

  #add(attempt: AttemptReport): void {
    this.#attempts.push(attempt);
  }
}

function facts({ bound, resolved }: Target) {
  const { profile, provider, protocol } = bound;
  return {
    profile: profile.name,
    provider: provider.id,
    protocol: protocol.id,
    model: resolved.model.slice(0, MAX_NAME),
  };
}

function reasonOf({ kind, status, code }: Pick<Fault, 'kind' | 'status' | 'code'>) {
  // A code is a word; what is longer may quote somebody.
  const word = code !== undefined && /^[\w.:-]{1,64}$/.test(code) ? code : undefined;
  return { reason: kind, ...(status !== undefined && { status }), ...(word !== undefined && { code: word }) };
}
