import type { JsonObject } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';
import { keptOfReasoning } from '../kept-fields.ts';
import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';
import type { AnswerScope } from './answer-scope.ts';
import { GrownText } from './grown-text.ts';
import type { ItemReader } from './item-reader.ts';
import { mergedItem } from './merged-item.ts';
import type { Outlet } from './outlet.ts';
import { objects, position, text } from './values.ts';

/** Where the text of reasoning comes from. One of them is shown, never both. */
type Source = 'summary' | 'raw';

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
  /** What came of each part, by its place in the item. */
  readonly #received = new Map<number, GrownText>();
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

  get saidNothing(): boolean {
    return !this.#opened;
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
    const final = mergedItem(this.#begun, item);
    this.#completeAll('summary', final.summary);
    this.#completeAll('raw', final.content);
    const encrypted = textOf(final.encrypted_content);
    if (encrypted !== undefined) this.#open();
    if (!this.#opened) return;
    this.#outlet.grow({ type: 'signature_delta', signature: this.#scope.sealReasoning(this.#state(final, encrypted)) });
    this.#outlet.close();
  }

  compare(item: ResponsesItem): void {
    const parts = objects(this.#source === 'raw' ? item.content : item.summary);
    const isOther = parts.some((part, index) => this.#restOf(index, text(part['text'])) !== '');
    if (isOther) this.#scope.noteRepeat();
  }

  #state(item: ResponsesItem, encrypted: string | undefined): JsonObject {
    const extra = keptOfReasoning(item);
    return {
      item: 'reasoning',
      encrypted: encrypted ?? null,
      parts: this.#source === 'summary' ? this.#lengths : [],
      raw: this.#source === 'raw' ? this.#lengths : [],
      ...(Object.keys(extra).length > 0 && { extra }),
    };
  }

  #completeAll(source: Source, parts: unknown): void {
    for (const [index, part] of objects(parts).entries()) this.#complete(source, index, text(part['text']));
  }

  #complete(source: Source, index: number, whole: string): void {
    const rest = this.#source === source ? this.#restOf(index, whole) : whole;
    if (rest === undefined) this.#scope.noteRepeat();
    else this.#add(source, index, rest);
  }

  /** What a repetition of a part says beyond it; `undefined` where it says something else. */
  #restOf(index: number, whole: string): string | undefined {
    const received = this.#received.get(index);
    return received === undefined ? whole : received.restOf(whole);
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
      this.#part = index;
    }
    this.#receive(index, addition);
    this.#lengths.push((this.#lengths.pop() ?? 0) + addition.length);
    this.#outlet.grow({ type: 'thinking_delta', thinking });
  }

  #receive(index: number, addition: string): void {
    let received = this.#received.get(index);
    if (received === undefined) {
      received = new GrownText();
      this.#received.set(index, received);
    }
    received.add(addition);
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
