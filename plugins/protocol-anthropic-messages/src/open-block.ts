import {
  isJsonObject,
  type BlockDelta,
  type CanonicalEvent,
  type Json,
  type JsonObject,
  type OpeningBlock,
} from '@claudex/sdk';
import type { CallIds } from './call-ids.ts';
import { decodeBlock } from './decode-block.ts';
import { PROTOCOL_ID } from './extensions.ts';

/** A type as the vendor spells them. */
const WORD = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * The block of a stream that is open now. Blocks open empty, so what an imitating provider puts into the opening is
 * sent as deltas: text and thinking at once; a signature or an input only if no delta brings one before the end. Only the
 * first signature counts. An opaque block is held until it is complete, because only a whole one can be carried.
 */
export class OpenBlock {
  readonly #index: number;
  readonly #wire: JsonObject;
  readonly #block: OpeningBlock;
  #signed = false;
  #filled = false;

  /** Throws an invalid-request error when the block is malformed. */
  constructor(wire: JsonObject, index: number, ids: CallIds) {
    this.#index = index;
    this.#wire = { ...wire };
    this.#block = ids.settle(openingOf(wire, `content[${index}]`));
  }

  start(): CanonicalEvent[] {
    if (this.#block.type === 'opaque') return [];
    const events: CanonicalEvent[] = [this.#startEvent(this.#block)];
    const { text, thinking } = this.#wire;
    if (this.#block.type === 'text' && isText(text)) events.push(this.#delta({ type: 'text_delta', text }));
    if (this.#block.type === 'thinking' && isText(thinking))
      events.push(this.#delta({ type: 'thinking_delta', thinking }));
    return events;
  }

  grow(delta: JsonObject): CanonicalEvent[] {
    if (this.#block.type === 'opaque') {
      absorb(this.#wire, delta);
      return [];
    }
    // An empty signature says that there is none.
    if (delta['type'] === 'signature_delta' && delta['signature'] === '') return [];
    const step = this.#decodeDelta(delta);
    return [step === undefined ? this.#loss(delta['type']) : this.#delta(step)];
  }

  stop(): CanonicalEvent[] {
    const events: CanonicalEvent[] = [];
    const { signature, input } = this.#wire;
    if (this.#block.type === 'opaque') events.push(this.#startEvent({ ...this.#block, value: this.#wire }));
    if (this.#block.type === 'thinking' && !this.#signed && isText(signature)) {
      events.push(this.#delta({ type: 'signature_delta', signature }));
    }
    if (isCall(this.#block) && !this.#filled && isJsonObject(input) && Object.keys(input).length > 0) {
      events.push(this.#delta({ type: 'input_json_delta', partial_json: JSON.stringify(input) }));
    }
    events.push({ type: 'content_block_stop', index: this.#index });
    return events;
  }

  /** Reads a step; `undefined` when it is not known or does not fit the block. */
  #decodeDelta(delta: JsonObject): BlockDelta | undefined {
    const { type, text, thinking, signature, partial_json: json, citation } = delta;
    if (type === 'text_delta' && this.#block.type === 'text' && typeof text === 'string') return { type, text };
    if (type === 'input_json_delta' && isCall(this.#block) && typeof json === 'string') {
      this.#filled ||= json !== '';
      return { type, partial_json: json };
    }
    if (this.#block.type === 'thinking' && type === 'thinking_delta' && typeof thinking === 'string') {
      return { type, thinking };
    }
    if (
      this.#block.type === 'thinking' &&
      type === 'signature_delta' &&
      !this.#signed &&
      typeof signature === 'string'
    ) {
      this.#signed = true;
      return { type, signature };
    }
    return type === 'citations_delta' && this.#block.type === 'text' && isJsonObject(citation)
      ? { type, citation }
      : undefined;
  }

  #startEvent(block: OpeningBlock): CanonicalEvent {
    return { type: 'content_block_start', index: this.#index, content_block: block };
  }

  #delta(delta: BlockDelta): CanonicalEvent {
    return { type: 'content_block_delta', index: this.#index, delta };
  }

  #loss(type: Json | undefined): CanonicalEvent {
    const feature = typeof type === 'string' && WORD.test(type) ? type : 'untyped_delta';
    const reason = `A ${this.#block.type} block cannot carry this step of the stream.`;
    return { type: 'loss', loss: { kind: 'dropped', path: `content[${this.#index}]`, feature, reason } };
  }
}

/** The block as it stands before anything is in it. Fields an imitating provider leaves out are filled in. */
function openingOf(wire: JsonObject, path: string): OpeningBlock {
  const block = decodeBlock(emptied(wire), path);
  switch (block.type) {
    case 'image':
    case 'document':
    case 'tool_result':
    case 'tool_reference':
      // Not something a model says; carried for those who know what it means.
      return { type: 'opaque', protocol: PROTOCOL_ID, value: wire };
    default:
      return block;
  }
}

function emptied(wire: JsonObject): JsonObject {
  switch (wire['type']) {
    case 'text':
      return { ...wire, text: '' };
    case 'thinking':
      return { ...wire, thinking: '', signature: '' };
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return { ...wire, input: {} };
    default:
      return wire;
  }
}

/** Adds a step to an opaque block: strings grow, anything else is replaced. */
function absorb(wire: JsonObject, delta: JsonObject): void {
  for (const [field, value] of Object.entries(delta)) {
    if (field === 'type') continue;
    const before = wire[field];
    wire[field] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
  }
}

function isCall(block: OpeningBlock): boolean {
  return block.type === 'tool_use' || block.type === 'server_tool_use';
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
