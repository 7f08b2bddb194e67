import type { Fault } from '@claudex/sdk';

/** Codes of faults that tell nothing about how well an upstream is. The answer is longer than the proxy takes. */
export const OVER_OUR_LIMIT = 'over_proxy_limit';
/** The proxy itself failed. */
export const OUR_BUG = 'proxy_bug';
/** The proxy is about to end, so nobody is to be asked any more. */
export const PROXY_STOPS = 'proxy_stops';

/** What a failure means for the chain. */
export interface Verdict {
  /** The same target may be asked again. */
  readonly here: boolean;
  /** Which other targets may be asked. */
  readonly elsewhere: 'any' | 'other-credential' | 'larger-window' | 'none';
  /** Nobody waits for an answer any more: whoever failed before is not asked again either. */
  readonly isOver?: true;
  /** What the circuit is told. */
  readonly circuit: 'fail' | 'refuse' | 'abandon';
}

const FAILED: Verdict = { here: true, elsewhere: 'any', circuit: 'fail' };
const REFUSED: Verdict = { here: false, elsewhere: 'none', circuit: 'refuse' };
const OVER: Verdict = { here: false, elsewhere: 'none', circuit: 'abandon', isOver: true };

/** Reads a failure that came before the answer's first event. */
export function judge(fault: Fault): Verdict {
  if (fault.code === PROXY_STOPS) return OVER;
  if (fault.code === OVER_OUR_LIMIT || fault.code === OUR_BUG)
    return { ...REFUSED, elsewhere: 'any', circuit: 'abandon' };
  const verdict = verdictOn(fault);
  // Whoever answers 4xx is there; some of these pass by themselves all the same.
  return isClientError(fault.status) && verdict.circuit === 'fail' ? { ...verdict, circuit: 'refuse' } : verdict;
}

function verdictOn({ kind, status, retryable }: Fault): Verdict {
  switch (kind) {
    case 'rate-limit':
      return { ...FAILED, circuit: 'refuse' };
    case 'overloaded':
    case 'server':
    case 'timeout':
    case 'protocol':
      return FAILED;
    case 'connection':
      // A certificate does not get better by asking again.
      return { ...FAILED, here: retryable };
    case 'refused-redirect':
      return { ...FAILED, here: false };
    case 'billing':
    case 'not-found':
      return { ...REFUSED, elsewhere: 'any' };
    case 'authentication':
      return { ...REFUSED, elsewhere: 'other-credential' };
    case 'context-overflow':
      return { ...REFUSED, elsewhere: 'larger-window' };
    case 'aborted':
      return OVER;
    default:
      // 409 and 425 come under the kind of a bad request, but pass.
      return retryable || status === 409 || status === 425 ? { ...FAILED, circuit: 'refuse' } : REFUSED;
  }
}

function isClientError(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}
