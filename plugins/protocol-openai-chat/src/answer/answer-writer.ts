import type { CodecContext, JsonObject, OpeningBlock } from '@claudex/sdk';
import { isEmptyInput, mayBeEmptyInput, sealState, stateKey, type StateKey, type ToolNames } from '@claudex/sdk/codec';
import { BlockWriter } from './block-writer.ts';
import { CallBlocks } from './call-blocks.ts';
import { Parking } from './parking.ts';
import { ReasoningState, type ReasoningField } from './reasoning-state.ts';
import type { ToolCall } from './tool-calls.ts';

/*
 * Writes an answer with one block open at a time.
 *
 *   nothing ──text──▶ text ◀──▶ thinking      prose follows prose: the open block closes, the next opens
 *      └──────tool─────┴────────────┴──▶ tool  and stays open until the end
 *
 * Arguments of parallel calls arrive in any order, and prose may fall between them. A tool block that was
 * closed could not take the arguments that come later, so once one is open everything else is parked, in
 * order, and written when the answer ends. A failure writes nothing more: the client must not take half a
 * tool call for a whole one.
 *
 * What the provider wants back is sealed into the signature at the end of a thinking block. State that arrives while
 * no reasoning is open waits for the next block, and gets one of its own before it where that is no reasoning.
 */

type OpenBlock =
  | { readonly kind: 'none' | 'text' }
  | { readonly kind: 'thinking'; readonly state: ReasoningState }
  | {
      readonly kind: 'tool';
      readonly call: ToolCall;
      /** The client's id, absent until the block has begun. */
      id?: string;
      /** Arguments were written. Until then they are held back where they could still turn out to be none. */
      hasArguments?: true;
      /** The extra that is sealed already. */
      sealed?: JsonObject;
    };

type OpenTool = Extract<OpenBlock, { kind: 'tool' }>;

const NOTHING_OPEN: OpenBlock = { kind: 'none' };
const TEXT_OPEN: OpenBlock = { kind: 'text' };

/** Decides which block is open. `blocks` holds the events. */
export class AnswerWriter {
  readonly blocks: BlockWriter;
  readonly #calls: CallBlocks;
  readonly #key: StateKey | undefined;
  readonly #parking = new Parking();
  #citations: JsonObject[] = [];
  #open: OpenBlock = NOTHING_OPEN;
  /** State that waits for the next block. */
  #waiting: ReasoningState | undefined;

  constructor(context: CodecContext, names: () => ToolNames) {
    this.blocks = new BlockWriter(context);
    this.#calls = new CallBlocks(context, names);
    this.#key = stateKey('openai-chat', context);
  }

  /** Whether state can be sealed; without an origin it cannot, and nobody should hand any over. */
  get keepsState(): boolean {
    return this.#key !== undefined;
  }

  /** Adds to the answer's text. */
  text(text: string): void {
    if (this.#open.kind === 'tool') this.#parking.text(text);
    else {
      if (this.#open.kind !== 'text') this.#openText();
      this.blocks.grow({ type: 'text_delta', text });
    }
  }

  /** A citation for the text that is open, else for the next one. */
  citation(citation: JsonObject): void {
    this.#citations.push(citation);
  }

  /** Adds to the answer's reasoning. */
  thinking(thinking: string, field: ReasoningField): void {
    if (this.#open.kind === 'tool') this.#parking.thinking(thinking, field);
    else {
      if (this.#open.kind !== 'thinking') this.#openThinking();
      if (this.#open.kind === 'thinking') this.#open.state.addText(thinking, field);
      this.blocks.grow({ type: 'thinking_delta', thinking });
    }
  }

  /** The state to add to: that of the open reasoning, else one that waits for its block. */
  state(): ReasoningState {
    if (this.#open.kind === 'thinking') return this.#open.state;
    if (this.#open.kind === 'tool') return this.#parking.state();
    return (this.#waiting ??= new ReasoningState());
  }

  /** Adds to a tool call what was received last. */
  tool(call: ToolCall): void {
    if (this.#open.kind !== 'tool') {
      this.#settle();
      this.#open = { kind: 'tool', call };
    }
    if (this.#open.call !== call) this.#parking.call(call);
    else this.#growTool(this.#open);
  }

  /** The answer has ended: writes what is held back and closes the last block. */
  end(): void {
    this.blocks.start();
    this.#settle();
    for (const parked of this.#parking.entries) {
      if (parked.kind === 'text') this.text(parked.text);
      else if (parked.kind === 'thinking') this.#wholeThinking(parked.text, parked.state);
      else this.#open = { kind: 'tool', call: parked.call };
      this.#close();
    }
  }

  #openText(): void {
    this.#settle();
    this.#open = TEXT_OPEN;
    this.blocks.open({ type: 'text', text: '' });
  }

  #openThinking(): void {
    this.#close();
    const state = this.#waiting ?? new ReasoningState();
    this.#waiting = undefined;
    this.#beginThinking(state);
  }

  #beginThinking(state: ReasoningState): void {
    this.#open = { kind: 'thinking', state };
    // With a key the signature follows at the end; without one there is none.
    const block: OpeningBlock = { type: 'thinking', thinking: '' };
    this.blocks.open(this.keepsState ? block : { ...block, signature: '' });
  }

  #wholeThinking(thinking: string, state: ReasoningState): void {
    this.#beginThinking(state);
    if (thinking !== '') this.blocks.grow({ type: 'thinking_delta', thinking });
  }

  #growTool(open: OpenTool): void {
    const { call } = open;
    if (open.hasArguments) {
      this.#arguments(call.latest);
      return;
    }
    // Until arguments come the name may still grow, and the id may still be missing. `null` stands for none.
    const hasInput = !mayBeEmptyInput(call.arguments);
    if (open.id === undefined && (hasInput ? call.name !== '' : this.#calls.isNamed(call))) this.#beginTool(open);
    if (open.id !== undefined && hasInput) this.#beginArguments(open);
  }

  #beginArguments(open: OpenTool): void {
    open.hasArguments = true;
    this.#arguments(open.call.arguments);
  }

  #beginTool(open: OpenTool): void {
    const { call } = open;
    this.blocks.start();
    const block = this.#calls.open(call);
    open.id = block.id;
    this.#sealExtra(open, block.id);
    if (call.name === '') {
      const path = `content[${this.blocks.index}].name`;
      const reason = 'The provider sent a tool call without a name.';
      this.blocks.write({ type: 'loss', loss: { kind: 'adjusted', path, feature: 'tool_name', reason } });
    }
    this.blocks.open(block);
  }

  #endTool(open: OpenTool): void {
    if (open.id === undefined) this.#beginTool(open);
    if (open.hasArguments !== true && !isEmptyInput(open.call.arguments)) this.#beginArguments(open);
  }

  #arguments(json: string): void {
    if (json !== '') this.blocks.grow({ type: 'input_json_delta', partial_json: json });
  }

  /** Gemini's signature of a call has no place in the call's own block. */
  #sealExtra(open: OpenTool, id: string): void {
    const { extra } = open.call;
    if (extra === undefined || extra === open.sealed || this.#key === undefined) return;
    open.sealed = extra;
    this.#sealed(sealState(this.#key, { field: 'extra_content', call: id, value: extra }));
  }

  #sealed(signature: string): void {
    this.blocks.open({ type: 'thinking', thinking: '' });
    this.blocks.grow({ type: 'signature_delta', signature });
    this.blocks.close();
  }

  /** Closes what is open and gives waiting state a block. */
  #settle(): void {
    this.#close();
    if (this.#waiting === undefined) return;
    if (this.#key !== undefined) this.#sealed(sealState(this.#key, this.#waiting.toJson()));
    this.#waiting = undefined;
  }

  #close(): void {
    const open = this.#open;
    if (open.kind === 'none') return;
    this.#open = NOTHING_OPEN;
    if (open.kind === 'text') this.#cite();
    if (open.kind === 'tool') this.#endTool(open);
    if (open.kind === 'thinking' && this.#key !== undefined)
      this.blocks.grow({ type: 'signature_delta', signature: sealState(this.#key, open.state.toJson()) });
    this.blocks.close();
    if (open.kind === 'tool' && open.id !== undefined) this.#sealExtra(open, open.id);
  }

  #cite(): void {
    for (const citation of this.#citations) this.blocks.grow({ type: 'citations_delta', citation });
    this.#citations = [];
  }
}
