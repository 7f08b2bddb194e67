import { SECRET_MASK, scrubPatterns } from './scrub-patterns.ts';
import { formsOf } from './secret-forms.ts';

/** Takes secrets out of texts: those it was told of, in any spelling, and what looks like one. */
export interface Scrubber {
  /** Tells it a secret. One of fewer than 6 characters is too likely to occur by accident and is not looked for. */
  know(secret: string): void;
  /** The text with a mask of fixed width in the place of every secret. */
  scrub(text: string): string;
}

const SHORTEST_SECRET = 6;

/** How many characters decide whether a place is looked at closely. */
const WINDOW = 6;
/** A character's bits have left the hash when `WINDOW` others have come in. */
const SHIFT = 3;
const HASH_MASK = (1 << (SHIFT * WINDOW)) - 1;

/** When there is one secret too many, this share of them goes, the oldest first. */
const FORGET_SHARE = 8;

/** Makes a {@link Scrubber} that knows `most` secrets at a time. */
export function createScrubber(most = 4096): Scrubber {
  // In the order in which they were last told, so that the oldest stands first.
  const secrets = new Set<string>();
  let index = new FormIndex();
  return {
    know(told) {
      const secret = told.trim();
      if (secret.length < SHORTEST_SECRET) return;
      const isNew = !secrets.delete(secret);
      secrets.add(secret);
      if (isNew) index.add(secret);
      if (secrets.size <= most) return;
      for (const oldest of [...secrets].slice(0, Math.ceil(most / FORGET_SHARE))) secrets.delete(oldest);
      index = new FormIndex();
      for (const kept of secrets) index.add(kept);
    },
    // Known ones first: a pattern might take a part of one, and nobody would recognise the rest.
    scrub: (text) => scrubPatterns(index.scrub(text)),
  };
}

/**
 * Finds any number of texts in one walk: a hash of the last six characters says where to look closely, so that a text in
 * which nothing is to be found costs a few operations per character, however many secrets are known.
 */
class FormIndex {
  readonly #isStart = new Uint8Array(HASH_MASK + 1);
  /** Forms by their first `WINDOW` characters, the longest first. */
  readonly #forms = new Map<string, string[]>();

  add(secret: string): void {
    for (const form of formsOf(secret)) {
      if (form.length < WINDOW) continue;
      const start = form.slice(0, WINDOW);
      const others = this.#forms.get(start) ?? [];
      if (others.includes(form)) continue;
      this.#forms.set(
        start,
        [...others, form].toSorted((a, b) => b.length - a.length),
      );
      this.#isStart[hashOf(start)] = 1;
    }
  }

  scrub(text: string): string {
    if (this.#forms.size === 0) return text;
    let clean = '';
    let taken = 0;
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      hash = ((hash << SHIFT) ^ text.charCodeAt(at)) & HASH_MASK;
      const start = at - WINDOW + 1;
      if (this.#isStart[hash] === 0 || start < taken) continue;
      const form = this.#forms.get(text.slice(start, at + 1))?.find((known) => text.startsWith(known, start));
      if (form === undefined) continue;
      clean += text.slice(taken, start) + SECRET_MASK;
      taken = start + form.length;
      at = taken - 1;
    }
    return taken === 0 ? text : clean + text.slice(taken);
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = ((hash << SHIFT) ^ text.charCodeAt(at)) & HASH_MASK;
  return hash;
}
