import { shortHash } from '../hash.ts';

const LEGAL = /^[a-zA-Z0-9_-]+$/;
const ALPHANUMERIC = /^[a-zA-Z0-9]+$/;
const DEFAULT_MAX_LENGTH = 64;
/** Mistral is the one provider with a limit this low, and it wants exactly that many letters and digits. */
const EXACT_LENGTH_LIMIT = 9;

/** Hands out the ids of tool calls as the provider sees them: legal, short enough and never twice. */
export class WireCallIds {
  readonly #used = new Set<string>();
  /** How often another id was derived from one. */
  readonly #derived = new Map<string, number>();
  readonly #maxLength: number;

  constructor(maxLength = DEFAULT_MAX_LENGTH) {
    this.#maxLength = maxLength;
  }

  /** The id for one occurrence of a call. The same conversation gets the same ids every time. */
  issue(id: string): string {
    const wireId = this.#fits(id) && !this.#used.has(id) ? id : this.#derive(id);
    this.#used.add(wireId);
    return wireId;
  }

  #fits(id: string): boolean {
    if (this.#maxLength <= EXACT_LENGTH_LIMIT) return id.length === this.#maxLength && ALPHANUMERIC.test(id);
    return id.length <= this.#maxLength && LEGAL.test(id);
  }

  #derive(id: string): string {
    const prefix = this.#maxLength >= 29 ? 'call_' : '';
    const length = Math.min(this.#maxLength - prefix.length, 24);
    for (let attempt = this.#derived.get(id) ?? 0; ; attempt += 1) {
      const candidate = prefix + shortHash(attempt === 0 ? id : `${id}#${attempt}`, length);
      if (this.#used.has(candidate)) continue;
      this.#derived.set(id, attempt + 1);
      return candidate;
    }
  }
}
