import type { Fault } from '@claudex/sdk';
import type { ChainTarget } from './chain.ts';
import type { Verdict } from './verdict.ts';
import type { PassedOver } from './walk-step.ts';

/** Why a target cannot do better than the one that has failed; `undefined` when it may. */
export function reasonAgainst(
  target: ChainTarget,
  failed: ChainTarget,
  fault: Fault,
  elsewhere: Verdict['elsewhere'],
): PassedOver | undefined {
  if (elsewhere === 'other-credential')
    return target.credentialKey === failed.credentialKey ? 'same-credential' : undefined;
  if (elsewhere !== 'larger-window') return undefined;
  const tooSmall = Math.max(fault.maximumTokens ?? 0, failed.contextWindow ?? 0);
  const window = target.contextWindow ?? 0;
  return window > tooSmall && window >= (fault.promptTokens ?? 0) ? undefined : 'window-too-small';
}
