import type { JsonObject } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';
import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';
import type { AnswerScope } from './answer-scope.ts';
import type { ItemReader } from './item-reader.ts';
import type { Outlet } from './outlet.ts';
import { objects, position, text } from './values.ts';

/** Where the text of reasoning comes from. One of them is shown, never both. */
type Source = 'summary' | 'raw';

const MODELLED: ReadonlySet<string> = new Set(['id', 'type', 'status', 'summary', 'content', 'encrypted_content']);

/**
 * Reads reasoning: its summary, else its raw text, as one thinking block, and what the provider wants back in the
 * signature. Reasoning that has neither text nor encrypted content leaves no block.
 */
export class ReasoningReader implements ItemReader {
  readonly #scope: AnswerScope;
  readonly #outlet: Outlet;
  #begun: ResponsesItem = {};
  #opened = false;
  #source: Source | undefined;
  /** The part that grows. */
  #part = -1;
  /** Parts that came as text, by their place in the item. */
  readonly #received = new Set<number>();
  /** Length of each part that has text, in UTF-16 units. */
  readonly #lengths: number[] = [];

  constructor(scope: AnswerScope, outlet: Outlet) {
    this.#scope = scope;
    this.#outlet = outlet;
  }

  /** Some servers report the end of reasoning only with the end of the answer; where state comes, it comes in time. */
  get mayEnd(): boolean {
    return this.#lengths.length > 0 && textOf(this.#begun.encrypted_content) === undefined;
  }

  begin(item: ResponsesItem): void {
    this.#begun = item;
    if (textOf(item.encrypted_content) !== undefined) this.#open();
  }

  take(event: ResponsesEvent): void {
    const source = sourceOf(event.type);
    if (source === undefined) return;
    const index = position(source === 'summary' ? event.summary_index : event.content_index);
    if (typeof event.delta === 'string') this.#add(source, index, event.delta);
    else this.#complete(source, index, text(event.text) || text(objects([event.part])[0]?.['text']));
  }

  finish(item: ResponsesItem | undefined): void {
    const final = item ?? this.#begun;
    this.#completeAll('summary', final.summary);
    this.#completeAll('raw', final.content);
    const encrypted = textOf(final.encrypted_content);
    if (encrypted !== undefined) this.#open();
    if (!this.#opened) return;
    this.#outlet.grow({ type: 'signature_delta', signature: this.#scope.sealReasoning(this.#state(final, encrypted)) });
    this.#outlet.close();
  }

  #state(item: ResponsesItem, encrypted: string | undefined): JsonObject {
    const extra = Object.entries(item).filter(([field, value]) => !MODELLED.has(field) && value !== null);
    return {
      item: 'reasoning',
      encrypted: encrypted ?? null,
      parts: this.#source === 'summary' ? this.#lengths : [],
      raw: this.#source === 'raw' ? this.#lengths : [],
      ...(extra.length > 0 && { extra: Object.fromEntries(extra) as JsonObject }),
    };
  }

  #completeAll(source: Source, parts: unknown): void {
    for (const [index, part] of objects(parts).entries()) this.#complete(source, index, text(part['text']));
  }

  #complete(source: Source, index: number, whole: string): void {
    if (this.#source !== source || !this.#received.has(index)) this.#add(source, index, whole);
  }

  #add(source: Source, index: number, addition: string): void {
    if (addition === '') return;
    this.#source ??= source;
    if (this.#source !== source) {
      const reason = 'Reasoning came as a summary and in full, and only what came first is shown.';
      this.#scope.lose('dropped', 'reasoning_text', reason);
      return;
    }
    this.#open();
    let thinking = addition;
    if (index !== this.#part) {
      if (this.#lengths.length > 0) thinking = `\n\n${addition}`;
      this.#lengths.push(0);
      this.#received.add(index);
      this.#part = index;
    }
    this.#lengths.push((this.#lengths.pop() ?? 0) + addition.length);
    this.#outlet.grow({ type: 'thinking_delta', thinking });
  }

  #open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#outlet.open({ type: 'thinking', thinking: '', signature: '' });
  }
}

/** Where an event has its text from. A switch, because comparing a new string is cheaper than hashing it. */
function sourceOf(type: unknown): Source | undefined {
  switch (type) {
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_summary_text.done':
    case 'response.reasoning_summary_part.done':
      return 'summary';
    case 'response.reasoning_text.delta':
    case 'response.reasoning_text.done':
    case 'response.content_part.done':
      return 'raw';
    default:
      return undefined;
  }
}
