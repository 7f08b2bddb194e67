/** A descriptor and the plugin that brought it. */
export interface Contribution<Descriptor> {
  readonly plugin: string;
  readonly descriptor: Descriptor;
}

/**
 * Keys descriptors by id, in an order that does not depend on which plugin answered first. An id that two
 * plugins claim belongs to neither, because either choice would surprise somebody; the warning names both.
 */
export function uniqueById<Descriptor extends { readonly id: string }>(
  kind: string,
  contributions: readonly Contribution<Descriptor>[],
  warnings: string[],
): Map<string, Descriptor> {
  const claims = new Map<string, Contribution<Descriptor>[]>();
  for (const contribution of contributions) {
    const { id } = contribution.descriptor;
    claims.set(id, [...(claims.get(id) ?? []), contribution]);
  }
  const unique = new Map<string, Descriptor>();
  for (const [id, claimants] of [...claims].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = claimants;
    if (first && claimants.length === 1) {
      unique.set(id, first.descriptor);
      continue;
    }
    const plugins = claimants.map((claimant) => claimant.plugin).sort();
    warnings.push(`${kind} "${id}" was left out: ${plugins.join(' and ')} both define it; uninstall one of them`);
  }
  return unique;
}
