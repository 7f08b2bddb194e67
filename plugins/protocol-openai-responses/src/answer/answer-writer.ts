import type { BlockDelta, CanonicalEvent, Fault, LossKind, MessageDelta, OpeningBlock } from '@claudex/sdk';

/** What an answer begins with. */
interface Beginning {
  readonly id: string;
  readonly model: string;
  /** Estimate, in tokens. */
  readonly inputTokens: number;
}

/** Writes one answer as canonical events, with dense indexes. Who calls it keeps one block open at a time. */
export class AnswerWriter {
  readonly #begin: () => Beginning;
  readonly #lost = new Set<string>();
  #events: CanonicalEvent[] = [];
  #started = false;
  #index = 0;
  /** Characters of text, reasoning and input written so far. */
  characters = 0;

  /** `begin` is asked once, when the first event is written. */
  constructor(begin: () => Beginning) {
    this.#begin = begin;
  }

  /** Everything written since it was last taken. */
  take(): CanonicalEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Begins the answer, if nothing has yet. `model` is the name the provider reports. */
  start(model?: string): void {
    if (this.#started) return;
    this.#started = true;
    const beginning = this.#begin();
    const usage = { input_tokens: beginning.inputTokens, output_tokens: 0 };
    this.#events.push({ type: 'message_start', id: beginning.id, model: model ?? beginning.model, usage });
  }

  open(block: OpeningBlock): void {
    this.start();
    this.#events.push({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  grow(delta: BlockDelta): void {
    if (delta.type === 'text_delta') this.characters += delta.text.length;
    else if (delta.type === 'thinking_delta') this.characters += delta.thinking.length;
    else if (delta.type === 'input_json_delta') this.characters += delta.partial_json.length;
    this.#events.push({ type: 'content_block_delta', index: this.#index, delta });
  }

  close(): void {
    this.#events.push({ type: 'content_block_stop', index: this.#index });
    this.#index += 1;
  }

  /** Records what cannot be carried, each feature once in an answer. */
  lose(kind: LossKind, feature: string, reason: string): void {
    if (this.#lost.has(feature)) return;
    this.#lost.add(feature);
    this.#events.push({ type: 'loss', loss: { kind, path: 'content', feature, reason } });
  }

  /** Whether nothing has been written since it was last taken. */
  get isSilent(): boolean {
    return this.#events.length === 0;
  }

  /** Says that work goes on. */
  ping(): void {
    this.#events.push({ type: 'ping' });
  }

  finish(ending: MessageDelta): void {
    this.start();
    this.#events.push(ending, { type: 'message_stop' });
  }

  /** Ends a failed answer. An open block stays open: the client must not take half of it for the whole. */
  fail(fault: Fault): void {
    this.#events.push({ type: 'error', fault });
  }
}
