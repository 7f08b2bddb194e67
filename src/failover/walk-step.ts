import type { Fault } from '@claudex/sdk';
import type { Admission } from './circuit.ts';

/** Why a target was passed over. */
export type PassedOver = 'breaker-open' | 'cooling-down' | 'same-credential' | 'window-too-small';

/** What to do next for a request. Who is called after a wait is decided when it is over, for much may happen meanwhile. */
export type WalkStep<Target> =
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'call'; readonly target: Target; readonly waitedMs: number; readonly admission: Admission }
  | { readonly kind: 'give-up'; readonly fault: Fault };
