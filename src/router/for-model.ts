import type { BoundProfile } from './bind-profile.ts';

const derived = new WeakMap<BoundProfile, Map<string, BoundProfile>>();

/**
 * The profile as it reaches one of its models: a provider may speak several protocols and have each model in another. The
 * profile itself, unless something is known of the model that says otherwise. The same object for the same protocol.
 */
export function forModel(bound: BoundProfile, model: string): BoundProfile {
  const { knownModels, provider } = bound;
  const id = knownModels.find((facts) => facts.id === model)?.protocol ?? provider.protocolOf?.(model);
  if (id === undefined || id === bound.protocol.id) return bound;
  const wire = bound.wires.get(id);
  if (!wire) return bound;
  let ways = derived.get(bound);
  if (!ways) derived.set(bound, (ways = new Map()));
  let other = ways.get(id);
  if (!other) {
    const { baseUrl: _own, ...rest } = bound;
    ways.set(id, (other = { ...rest, ...wire }));
  }
  return other;
}
