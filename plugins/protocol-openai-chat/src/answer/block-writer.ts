import type { BlockDelta, CanonicalEvent, CodecContext, OpeningBlock } from '@claudex/sdk';

/** Writes the events of one answer, block after block. What it writes is fetched with `take`. */
export class BlockWriter {
  readonly #context: CodecContext;
  #events: CanonicalEvent[] = [];
  #started = false;
  #index = 0;
  #model: string;

  constructor(context: CodecContext) {
    this.#context = context;
    this.#model = context.model;
  }

  /** Whether anything of the answer has been written. */
  get started(): boolean {
    return this.#started;
  }

  /** Place of the block that is open, else of the next. */
  get index(): number {
    return this.#index;
  }

  /** The model's name as the provider reports it. Without effect once the answer has begun. */
  reportModel(model: string): void {
    this.#model = model;
  }

  /** Everything written since the last time. */
  take(): CanonicalEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Begins the answer where that has not happened yet. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    const usage = { input_tokens: this.#context.estimatedInputTokens, output_tokens: 0 };
    this.#events.push({ type: 'message_start', id: this.#context.newId('msg'), model: this.#model, usage });
  }

  /** Opens the next block. */
  open(block: OpeningBlock): void {
    this.start();
    this.#events.push({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  /** Lets the open block grow. */
  grow(delta: BlockDelta): void {
    this.#events.push({ type: 'content_block_delta', index: this.#index, delta });
  }

  /** Closes the open block. */
  close(): void {
    this.#events.push({ type: 'content_block_stop', index: this.#index });
    this.#index += 1;
  }

  /** Writes an event that belongs to no block. */
  write(event: CanonicalEvent): void {
    this.#events.push(event);
  }
}
