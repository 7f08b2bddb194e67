import type { Fault } from '@claudex/sdk';
import type { CircuitLabel } from './circuits.ts';
import { judge } from './verdict.ts';

/** A target that nobody could be asked at, and for how long, in milliseconds. */
interface Unavailable {
  readonly label: CircuitLabel;
  readonly coolingMs: number;
  readonly recoveringMs: number;
}

/**
 * Of several failures the one to tell the client: the last that an upstream had words for, else the last. When that one is
 * final, such as a backup's wrong key, it does not hide an earlier one that the client can answer.
 */
export function pickFault(faults: readonly Fault[]): Fault | undefined {
  const last = faults.at(-1);
  if (last && judge(last).isOver) return last;
  const worded = faults.findLastIndex(({ status }) => status !== undefined);
  const told = faults.at(worded);
  if (!told || isAnswerable(told)) return told;
  return pickFault(faults.slice(0, worded).filter(isAnswerable)) ?? told;
}

/** Clients repeat a request, or shorten a conversation that is too long. */
function isAnswerable({ kind, retryable }: Fault): boolean {
  return retryable || kind === 'context-overflow';
}

/** The failure of a request that nobody was asked for, because all targets asked for a pause or do not work. */
export function unavailable(targets: readonly Unavailable[]): Fault {
  const names = targets.map(({ label }) => label.profile).join(', ');
  const soonest = Math.min(...targets.map(({ coolingMs, recoveringMs }) => Math.max(coolingMs, recoveringMs)));
  const retryAfterMs = Math.max(1_000, Number.isFinite(soonest) ? soonest : 0);
  const isLimited = targets.some(({ coolingMs }) => coolingMs > 0);
  const pause = `try again in ${Math.ceil(retryAfterMs / 1000)} s`;
  return isLimited
    ? {
        kind: 'rate-limit',
        status: 429,
        message: `${names}: the rate limit is used up; ${pause}.`,
        retryable: true,
        retryAfterMs,
      }
    : {
        kind: 'overloaded',
        status: 529,
        message: `${names}: too many calls have failed, so nobody is asked for a while; ${pause}.`,
        retryable: true,
        retryAfterMs,
      };
}
