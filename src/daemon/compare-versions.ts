/** How one version of the program relates to another; `incomparable` when one of them is no semantic version. */
export type VersionOrder = 'older' | 'same' | 'newer' | 'incomparable';

const SEMANTIC = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Compares two semantic versions by their precedence: of equal numbers a pre-release is the older one. */
export function compareVersions(one: string, other: string): VersionOrder {
  const [left, right] = [SEMANTIC.exec(one), SEMANTIC.exec(other)];
  if (!left || !right) return one === other ? 'same' : 'incomparable';
  for (const part of [1, 2, 3]) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return orderOf(difference);
  }
  return orderOf(comparePreReleases(left[4], right[4]));
}

function comparePreReleases(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  const [left, right] = [one.split('.'), other.split('.')];
  for (const [index, identifier] of left.entries()) {
    const opposite = right[index];
    if (opposite === undefined) return 1;
    const difference = compareIdentifiers(identifier, opposite);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Numbers come before words. */
function compareIdentifiers(one: string, other: string): number {
  const numbers = [one, other].map((identifier) => (/^\d+$/.test(identifier) ? Number(identifier) : undefined));
  const [left, right] = numbers;
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined || right !== undefined) return left === undefined ? 1 : -1;
  return one === other ? 0 : one < other ? -1 : 1;
}

function orderOf(difference: number): VersionOrder {
  if (difference === 0) return 'same';
  return difference < 0 ? 'older' : 'newer';
}
