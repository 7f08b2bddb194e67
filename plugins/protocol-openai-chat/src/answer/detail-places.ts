import type { JsonObject } from '@claudex/sdk';

/** Fields that the pieces of one entry have in common. */
const COMMON = ['type', 'index', 'id', 'format'] as const;
/** Fields that only their provider can read; an entry that has one takes only its own repetition. */
const SECRETS = ['signature', 'data'] as const;

/** Finds the entries that a piece may belong to, without looking through all of them. */
export class DetailPlaces {
  readonly #places = new Map<string, number>();

  /** Remembers where an entry stands. The latest of several alike counts. */
  set(entry: JsonObject, position: number): void {
    for (const key of keysOf(entry)) if ((this.#places.get(key) ?? -1) < position) this.#places.set(key, position);
  }

  /** Positions of entries that are like this piece in some respect, most likely ones first. */
  candidates(piece: JsonObject): number[] {
    return keysOf(piece)
      .map((key) => this.#places.get(key))
      .filter((position) => position !== undefined);
  }
}

/** One key for what the pieces of an entry have in common, and one for each secret it holds. */
function keysOf(detail: JsonObject): string[] {
  const common = JSON.stringify(COMMON.map((field) => plain(detail[field])));
  const secrets = SECRETS.filter((field) => plain(detail[field]) !== null);
  return [common, ...secrets.map((field) => `${field} ${JSON.stringify(detail[field])} ${common}`)];
}

/** A field that is absent or empty is like null. */
function plain(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && value !== '' ? value : null;
}
