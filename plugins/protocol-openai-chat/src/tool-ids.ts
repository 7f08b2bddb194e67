import type { CodecContext } from '@claudex/sdk';
import { shortHash } from './hash.ts';

const LEGAL = /^[a-zA-Z0-9_-]{1,64}$/;
const ALPHANUMERIC = /^[a-zA-Z0-9]+$/;
const DEFAULT_MAX_LENGTH = 64;
/** Mistral is the one provider with a limit this low, and it wants exactly that many letters and digits. */
const EXACT_LENGTH_LIMIT = 9;

/** Hands out the ids of tool calls as the provider sees them: legal, short enough and never twice. */
export class WireCallIds {
  readonly #used = new Set<string>();
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
    for (let attempt = 0; ; attempt += 1) {
      const candidate = prefix + shortHash(attempt === 0 ? id : `${id}#${attempt}`, length);
      if (!this.#used.has(candidate)) return candidate;
    }
  }
}

/** Hands out the ids of tool calls as the client sees them: legal and unique in the conversation. */
export class ClientCallIds {
  readonly #used = new Set<string>();
  readonly #newId: (prefix: string) => string;

  constructor(context: CodecContext) {
    this.#newId = context.newId;
    for (const message of context.request.messages) {
      for (const block of message.content) {
        if (block.type === 'tool_use') this.#used.add(block.id);
      }
    }
  }

  /** Takes the provider's id where it can be shown, else derives one from it, and makes one up only without any. */
  issue(id: string): string {
    const clientId = id === '' ? this.#newId('toolu') : this.#unused(LEGAL.test(id) ? id : legalId(id));
    this.#used.add(clientId);
    return clientId;
  }

  #unused(id: string): string {
    if (!this.#used.has(id)) return id;
    for (let occurrence = 2; ; occurrence += 1) {
      const suffix = `_${occurrence}`;
      const candidate = id.slice(0, 64 - suffix.length) + suffix;
      if (!this.#used.has(candidate)) return candidate;
    }
  }
}

function legalId(id: string): string {
  const legal = id.replaceAll(/[^a-zA-Z0-9_-]/g, '_');
  return legal.length <= 64 ? legal : `${legal.slice(0, 47)}_${shortHash(id, 16)}`;
}
