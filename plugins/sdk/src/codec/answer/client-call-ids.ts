import type { CodecContext } from '../../index.ts';
import { shortHash } from '../hash.ts';

const LEGAL = /^[a-zA-Z0-9_-]{1,64}$/;
/** So much of an id stays whatever number is put behind it, in characters. */
const STEM = 48;

/** Hands out the ids of tool calls as the client sees them: legal and unique in the conversation. */
export class ClientCallIds {
  readonly #used = new Set<string>();
  /** The number to try next behind an id that is taken, by the id's beginning. */
  readonly #next = new Map<string, number>();
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
    const stem = id.slice(0, STEM);
    for (let occurrence = this.#next.get(stem) ?? 2; ; occurrence += 1) {
      const suffix = `_${occurrence}`;
      const candidate = id.slice(0, 64 - suffix.length) + suffix;
      if (this.#used.has(candidate)) continue;
      this.#next.set(stem, occurrence + 1);
      return candidate;
    }
  }
}

function legalId(id: string): string {
  const legal = id.replaceAll(/[^a-zA-Z0-9_-]/g, '_');
  return legal.length <= 64 ? legal : `${legal.slice(0, 47)}_${shortHash(id, 16)}`;
}
