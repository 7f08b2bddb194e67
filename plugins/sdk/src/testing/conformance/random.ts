import { seededRandom } from '../seeded-random.ts';

/** Draws that repeat for the same seed. */
export class Random {
  readonly #next: () => number;
  #marks = 0;

  constructor(seed: number) {
    this.#next = seededRandom(seed);
  }

  /** A whole number from 0 to just below the limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Up to `longest` things. */
  list<Item>(longest: number, make: () => Item): Item[] {
    return Array.from({ length: this.below(longest + 1) }, make);
  }

  /** A field that is there or not, to be spread into an object. */
  maybe<Fields extends object>(probability: number, make: () => Fields): Fields | object {
    return this.chance(probability) ? make() : {};
  }

  /** A word that occurs nowhere else, by which a text is found again. */
  mark(): string {
    this.#marks += 1;
    return `mark${this.#marks}z`;
  }
}
