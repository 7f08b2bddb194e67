import type { Loss, LossKind } from '../index.ts';

/** Collects what a translation could not carry. Reasons never contain what the user wrote. */
export class LossLog {
  readonly entries: Loss[] = [];
  readonly #seen = new Set<string>();

  /** Something was left out. */
  dropped(path: string, feature: string, reason: string): void {
    this.entries.push({ kind: 'dropped', path, feature, reason });
  }

  /** Something is carried in a weaker form. */
  degraded(path: string, feature: string, reason: string): void {
    this.entries.push({ kind: 'degraded', path, feature, reason });
  }

  /** Something was replaced by something legal. */
  adjusted(path: string, feature: string, reason: string): void {
    this.entries.push({ kind: 'adjusted', path, feature, reason });
  }

  /** Records only the first of many alike: markers that stand on every other block say nothing by repetition. */
  once(kind: LossKind, path: string, feature: string, reason: string): void {
    if (this.#seen.has(feature)) return;
    this.#seen.add(feature);
    this.entries.push({ kind, path, feature, reason });
  }
}
