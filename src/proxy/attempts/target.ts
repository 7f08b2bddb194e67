import { hash } from 'node:crypto';
import type { BreakerSettings } from '../../config/index.ts';
import type { ChainTarget, CircuitSettings } from '../../failover/index.ts';
import {
  forModel,
  knowModel,
  longestPrompt,
  resolveBackupModel,
  type BoundProfile,
  type ResolvedModel,
} from '../../router/index.ts';
import type { Scope } from '../profile-directory.ts';
import type { ProxyState } from '../proxy-state.ts';
import type { Trail } from './trail.ts';

/** A profile that may serve a request, with the model that is asked there. */
export interface Target extends ChainTarget {
  readonly bound: BoundProfile;
  readonly resolved: ResolvedModel;
}

/** What does not depend on the request, by model. */
const known = new WeakMap<BoundProfile, Map<string, ChainTarget>>();
/** A client may name any number of models; sessions use a few. */
const MOST_MODELS = 64;

/** Makes a target of a profile and a model, which decides about the protocol where the provider speaks several. */
export function targetOf(profile: BoundProfile, resolved: ResolvedModel): Target {
  const { model } = resolved;
  const bound = forModel(profile, model);
  let targets = known.get(bound);
  if (!targets || targets.size >= MOST_MODELS) known.set(bound, (targets = new Map()));
  let target = targets.get(model);
  if (!target) targets.set(model, (target = chainTargetOf(bound, model)));
  return { ...target, bound, resolved };
}

function chainTargetOf(bound: BoundProfile, model: string): ChainTarget {
  const { profile, provider, homeUrl, baseUrl, credential, options } = bound;
  // An account may be told by an option, such as a file of credentials; it is the same in every protocol.
  const owner = [provider.id, homeUrl, credential.value, JSON.stringify(options)];
  return {
    circuitKey: digest([...owner, baseUrl, model]),
    credentialKey: digest(owner),
    label: { profile: profile.name, provider: provider.id, model },
    circuit: circuitSettings(bound.breaker),
    contextWindow: longestPrompt(knowModel(bound, model).facts),
  };
}

/**
 * The chain of a request: its profile, then the profile's backups in their order. Backups that cannot be used (disabled,
 * without a key, of a plugin that is missing) are noted in the trail and left out.
 */
export function chainOf(state: ProxyState, scope: Scope, primary: Target, asked: string, trail: Trail): Target[] {
  const { name, backup_providers: backups } = primary.bound.profile;
  const { model_aliases: aliases } = scope.configuration;
  const names = new Set(backups.filter((backup) => backup !== name));
  return [
    primary,
    ...[...names].flatMap((backup) => {
      try {
        const bound = state.profiles.findUsable(backup, scope);
        return [targetOf(bound, resolveBackupModel(asked, primary, bound, aliases))];
      } catch {
        trail.missing(backup);
        return [];
      }
    }),
  ];
}

function circuitSettings(breaker: BreakerSettings): CircuitSettings {
  return {
    failureThreshold: breaker.failure_threshold,
    failureRatio: breaker.failure_ratio,
    minimumCalls: breaker.min_requests,
    windowMs: breaker.window_s * 1000,
    recoveryMs: breaker.recovery_s * 1000,
    maximumRecoveryMs: breaker.max_recovery_s * 1000,
  };
}

function digest(parts: readonly (string | undefined)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
