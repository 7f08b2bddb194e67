/** A descriptor and the plugin that brought it. */
export interface Contribution<Descriptor> {
  readonly plugin: string;
  /** Came with Claudex itself. */
  readonly bundled: boolean;
  readonly descriptor: Descriptor;
}

/**
 * Keeps the contributions whose words nobody else claims, in the order of their ids, which does not depend on
 * who answered first. A word that two plugins claim stays with the bundled one; of two others it goes to
 * neither, because either choice would surprise somebody. The warning names both.
 */
export function unique<Descriptor extends { readonly id: string }>(
  kind: string,
  contributions: readonly Contribution<Descriptor>[],
  wordsOf: (descriptor: Descriptor) => readonly string[],
  warnings: string[],
): Contribution<Descriptor>[] {
  const claims = new Map<string, Contribution<Descriptor>[]>();
  for (const contribution of contributions) {
    for (const word of wordsOf(contribution.descriptor)) {
      claims.set(word, [...(claims.get(word) ?? []), contribution]);
    }
  }
  const rejected = new Set<Contribution<Descriptor>>();
  for (const [word, claimants] of [...claims].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (claimants.length > 1) reject(kind, word, claimants, rejected, warnings);
  }
  return contributions
    .filter((contribution) => !rejected.has(contribution))
    .sort((one, other) => (one.descriptor.id < other.descriptor.id ? -1 : 1));
}

function reject<Descriptor>(
  kind: string,
  word: string,
  claimants: readonly Contribution<Descriptor>[],
  rejected: Set<Contribution<Descriptor>>,
  warnings: string[],
): void {
  const bundled = claimants.filter((claimant) => claimant.bundled);
  const [owner] = bundled.length === 1 ? bundled : [];
  for (const claimant of claimants) {
    if (claimant !== owner) rejected.add(claimant);
  }
  const others = claimants
    .filter((claimant) => claimant !== owner)
    .map((claimant) => claimant.plugin)
    .sort();
  warnings.push(
    owner
      ? `${kind} "${word}" of ${others.join(' and ')} was left out: the bundled ${owner.plugin} defines it`
      : `${kind} "${word}" was left out: ${others.join(' and ')} both define it; uninstall one of them`,
  );
}
