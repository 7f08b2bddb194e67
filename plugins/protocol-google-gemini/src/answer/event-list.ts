import type { BlockDelta, CanonicalEvent, LossKind, OpeningBlock } from '@claudex/sdk';

/** Writes events with dense indexes. Who calls it keeps one block open at a time. */
export class EventList {
  readonly #start: () => CanonicalEvent;
  readonly #lost = new Set<string>();
  #events: CanonicalEvent[] = [];
  #started = false;
  #index = 0;
  /** Characters of text, reasoning and input written so far. */
  characters = 0;

  /** `start` is asked once, for the first event. */
  constructor(start: () => CanonicalEvent) {
    this.#start = start;
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
    this.#events.push(this.#start());
  }

  /** Opens the next block. */
  open(block: OpeningBlock): void {
    this.start();
    this.#events.push({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  /** Lets the open block grow. */
  grow(delta: BlockDelta): void {
    if (delta.type === 'text_delta') this.characters += delta.text.length;
    else if (delta.type === 'thinking_delta') this.characters += delta.thinking.length;
    else if (delta.type === 'input_json_delta') this.characters += delta.partial_json.length;
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

  /** Records what cannot be carried, each word once in an answer. */
  lose(kind: LossKind, feature: string, reason: string): void {
    if (this.#lost.has(feature)) return;
    this.#lost.add(feature);
    this.#events.push({ type: 'loss', loss: { kind, path: 'content', feature, reason } });
  }
}
