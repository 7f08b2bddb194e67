import type { CodecContext, JsonObject, ToolUseBlock } from '@claudex/sdk';
import { sealState, stateKey, type StateKey } from '@claudex/sdk/codec';
import { stateJson, type PartState } from '../part-state.ts';
import { PROTOCOL_ID } from '../request/encoding.ts';
import type { EventList } from './event-list.ts';

/*
 * Writes an answer with one block open at a time. Texts come in pieces, calls whole.
 *
 * What the model wants back on a part is sealed into the signature of a thinking block. That of reasoning stands on its
 * own block, that of a call on the block before the call; that of a text comes when the text is out already, so it
 * stands on the block behind it. Where there is no reasoning such a block has no text. At the end of an answer there is
 * none: clients take an answer whose last block is one for an answer that says nothing.
 */

type OpenBlock =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; length: number; /** What comes next is another part. */ isWhole: boolean }
  | { readonly kind: 'thinking'; readonly state: PartState; isWhole: boolean };

const NOTHING_OPEN: OpenBlock = { kind: 'none' };

/** Decides which block is open. */
export class AnswerWriter {
  readonly #events: EventList;
  readonly #key: StateKey | undefined;
  #open: OpenBlock = NOTHING_OPEN;
  /** State that waits for the next block. */
  #waiting: PartState | undefined;
  readonly #citations: JsonObject[] = [];

  constructor(events: EventList, context: CodecContext) {
    this.#events = events;
    this.#key = stateKey(PROTOCOL_ID, context);
  }

  /** Adds to the answer's text. The signature ends its part. */
  text(text: string, signature: string | undefined): void {
    if (text !== '') this.#growText(text);
    if (signature === undefined || !this.#keepsState()) return;
    const open = this.#open;
    const isOfOpen = open.kind === 'text' && !open.isWhole;
    if (this.#waiting?.text !== undefined) this.#flushWaiting();
    this.#waiting = { ...this.#waiting, text: { length: isOfOpen ? open.length : 0, signature } };
    if (open.kind !== 'none') open.isWhole = true;
  }

  /** Adds to the answer's reasoning. The signature ends its part. */
  thinking(thinking: string, signature: string | undefined): void {
    if (this.#open.kind !== 'thinking' || this.#open.isWhole) this.#openThinking();
    if (thinking !== '') this.#events.grow({ type: 'thinking_delta', thinking });
    if (signature === undefined || !this.#keepsState() || this.#open.kind !== 'thinking') return;
    this.#open.state.thought = { signature };
    this.#open.isWhole = true;
  }

  /** A whole call. `input` is JSON text, empty for none. */
  call(block: ToolUseBlock, input: string, signature: string | undefined): void {
    if (signature !== undefined && this.#keepsState()) this.#signCall({ id: block.id, signature });
    this.#settle();
    this.#events.open(block);
    if (input !== '') this.#events.grow({ type: 'input_json_delta', partial_json: input });
    this.#events.close();
  }

  /** A part that nobody here models and the model wants back as it came. */
  raw(part: JsonObject): void {
    if (!this.#keepsState()) return;
    if (this.#open.kind !== 'none') this.#open.isWhole = true;
    this.#waiting = { ...this.#waiting, raw: [...(this.#waiting?.raw ?? []), part] };
  }

  /** A citation of the text that is open; of one that is closed it is lost. */
  citation(citation: JsonObject): void {
    if (this.#open.kind === 'text') this.#citations.push(citation);
    else this.#events.lose('dropped', 'citations', 'The text that a citation belongs to was over.');
  }

  /** The answer has ended: closes the last block. */
  end(): void {
    this.#events.start();
    this.#close();
    if (this.#waiting === undefined) return;
    const reason = 'The signature at the end of an answer has no place that clients would not take for its content.';
    this.#events.lose('dropped', 'reasoning_state', reason);
    this.#waiting = undefined;
  }

  #growText(text: string): void {
    if (this.#open.kind !== 'text' || this.#open.isWhole) {
      this.#settle();
      this.#events.open({ type: 'text', text: '' });
      this.#open = { kind: 'text', length: 0, isWhole: false };
    }
    this.#open.length += text.length;
    this.#events.grow({ type: 'text_delta', text });
  }

  #openThinking(): void {
    this.#close();
    const state: PartState = { ...this.#waiting, thought: {} };
    this.#waiting = undefined;
    this.#begin(state);
  }

  #begin(state: PartState): void {
    this.#open = { kind: 'thinking', state, isWhole: false };
    // With a key the signature follows at the end; without one there is none.
    this.#events.open({ type: 'thinking', thinking: '', ...(this.#key === undefined && { signature: '' }) });
  }

  #signCall(call: { readonly id: string; readonly signature: string }): void {
    if (this.#open.kind === 'thinking' && this.#waiting === undefined && this.#open.state.call === undefined)
      this.#open.state.call = { ...call };
    else this.#waiting = { ...this.#waiting, call: { ...call } };
  }

  /** Closes the open block and writes the state that waits. */
  #settle(): void {
    this.#close();
    this.#flushWaiting();
  }

  #flushWaiting(): void {
    if (this.#waiting === undefined) return;
    this.#close();
    const state = this.#waiting;
    this.#waiting = undefined;
    this.#begin(state);
    this.#close();
  }

  #close(): void {
    const open = this.#open;
    if (open.kind === 'none') return;
    if (open.kind === 'thinking' && this.#key !== undefined)
      this.#events.grow({ type: 'signature_delta', signature: sealState(this.#key, stateJson(open.state)) });
    if (open.kind === 'text')
      for (const citation of this.#citations.splice(0)) this.#events.grow({ type: 'citations_delta', citation });
    this.#events.close();
    this.#open = NOTHING_OPEN;
  }

  #keepsState(): boolean {
    if (this.#key !== undefined) return true;
    this.#events.lose('dropped', 'reasoning_state', 'State of reasoning is kept only for a provider that is known.');
    return false;
  }
}
