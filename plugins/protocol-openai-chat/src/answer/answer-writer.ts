import type { CanonicalEvent, CodecContext, MessageDelta, OpeningBlock } from '@claudex/sdk';
import { ClientCallIds, type ToolNames } from '@claudex/sdk/codec';
import type { ToolCall } from './tool-calls.ts';
import { NAMELESS_TOOL } from './tool-use.ts';

/*
 * Writes an answer as canonical events, with one block open at a time.
 *
 *   nothing ──text──▶ text ◀──▶ thinking      prose follows prose: the open block closes, the next opens
 *      └──────tool─────┴────────────┴──▶ tool  and stays open until the end
 *
 * Arguments of parallel calls arrive in any order, and prose may fall between them. A tool block that was
 * closed could not take the arguments that come later, so once one is open everything else is parked, in
 * order, and written when the answer ends. A failure writes nothing more: the client must not take half a
 * tool call for a whole one.
 */

type ProseKind = 'text' | 'thinking';

type OpenBlock = { kind: 'none' } | { kind: ProseKind } | { kind: 'tool'; call: ToolCall; begun: boolean };

type Parked = { kind: ProseKind; text: string } | { kind: 'tool'; call: ToolCall };

const NOTHING_OPEN: OpenBlock = { kind: 'none' };
const TEXT_OPEN: OpenBlock = { kind: 'text' };
const THINKING_OPEN: OpenBlock = { kind: 'thinking' };

/** Keeps the grammar of one streamed answer; every method appends the events it causes to `out`. */
export class AnswerWriter {
  readonly #context: CodecContext;
  readonly #names: () => ToolNames;
  readonly #parked: Parked[] = [];
  readonly #parkedCalls = new Set<ToolCall>();
  #ids: ClientCallIds | undefined;
  #open: OpenBlock = NOTHING_OPEN;
  #started = false;
  #index = 0;
  #model: string;

  constructor(context: CodecContext, names: () => ToolNames) {
    this.#context = context;
    this.#names = names;
    this.#model = context.model;
  }

  /** Whether anything of the answer has been written. */
  get started(): boolean {
    return this.#started;
  }

  /** The model's name as the provider reports it. Without effect once the answer has begun. */
  reportModel(model: string): void {
    this.#model = model;
  }

  /** Adds to the answer's text. */
  text(text: string, out: CanonicalEvent[]): void {
    if (this.#open.kind === 'tool') this.#park('text', text);
    else {
      if (this.#open.kind !== 'text') this.#openProse(TEXT_OPEN, { type: 'text', text: '' }, out);
      out.push({ type: 'content_block_delta', index: this.#index, delta: { type: 'text_delta', text } });
    }
  }

  /** Adds to the answer's reasoning. */
  thinking(thinking: string, out: CanonicalEvent[]): void {
    if (this.#open.kind === 'tool') this.#park('thinking', thinking);
    else {
      if (this.#open.kind !== 'thinking')
        this.#openProse(THINKING_OPEN, { type: 'thinking', thinking: '', signature: '' }, out);
      out.push({ type: 'content_block_delta', index: this.#index, delta: { type: 'thinking_delta', thinking } });
    }
  }

  /** Adds to a tool call what was received last. */
  tool(call: ToolCall, out: CanonicalEvent[]): void {
    if (this.#open.kind !== 'tool') {
      this.#close(out);
      this.#open = { kind: 'tool', call, begun: false };
    }
    if (this.#open.call !== call) this.#parkCall(call);
    else if (this.#open.begun) this.#arguments(call.latest, out);
    // Until arguments come the name may still grow, and the id may still be missing.
    else if (call.arguments !== '' && call.name !== '') {
      this.#open.begun = true;
      this.#beginTool(call, out);
    }
  }

  /** Writes what is held back and ends the answer. */
  finish(ending: MessageDelta, out: CanonicalEvent[]): void {
    this.#start(out);
    this.#close(out);
    for (const parked of this.#parked) {
      if (parked.kind === 'tool') this.#wholeTool(parked.call, out);
      else if (parked.kind === 'text') this.text(parked.text, out);
      else this.thinking(parked.text, out);
    }
    this.#close(out);
    out.push(ending, { type: 'message_stop' });
  }

  #wholeTool(call: ToolCall, out: CanonicalEvent[]): void {
    this.#close(out);
    this.#open = { kind: 'tool', call, begun: false };
    this.#close(out);
  }

  #start(out: CanonicalEvent[]): void {
    if (this.#started) return;
    this.#started = true;
    const usage = { input_tokens: this.#context.estimatedInputTokens, output_tokens: 0 };
    out.push({ type: 'message_start', id: this.#context.newId('msg'), model: this.#model, usage });
  }

  #openProse(open: OpenBlock, block: OpeningBlock, out: CanonicalEvent[]): void {
    this.#start(out);
    this.#close(out);
    this.#open = open;
    out.push({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  #beginTool(call: ToolCall, out: CanonicalEvent[]): void {
    this.#start(out);
    this.#ids ??= new ClientCallIds(this.#context);
    if (call.name === '') {
      const reason = 'The provider sent a tool call without a name.';
      out.push({
        type: 'loss',
        loss: { kind: 'adjusted', path: `content[${this.#index}].name`, feature: 'tool_name', reason },
      });
    }
    const name = call.name === '' ? NAMELESS_TOOL : this.#names().toClient(call.name);
    const block: OpeningBlock = { type: 'tool_use', id: this.#ids.issue(call.id), name, input: {} };
    out.push({ type: 'content_block_start', index: this.#index, content_block: block });
    this.#arguments(call.arguments, out);
  }

  #arguments(json: string, out: CanonicalEvent[]): void {
    if (json === '') return;
    out.push({
      type: 'content_block_delta',
      index: this.#index,
      delta: { type: 'input_json_delta', partial_json: json },
    });
  }

  #close(out: CanonicalEvent[]): void {
    const open = this.#open;
    if (open.kind === 'none') return;
    if (open.kind === 'tool' && !open.begun) this.#beginTool(open.call, out);
    out.push({ type: 'content_block_stop', index: this.#index });
    this.#index += 1;
    this.#open = NOTHING_OPEN;
  }

  #park(kind: ProseKind, text: string): void {
    const last = this.#parked.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.#parked.push({ kind, text });
  }

  #parkCall(call: ToolCall): void {
    if (this.#parkedCalls.has(call)) return;
    this.#parkedCalls.add(call);
    this.#parked.push({ kind: 'tool', call });
  }
}
