import { isJsonObject } from '@claudex/sdk';
import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';
import type { AnswerScope } from './answer-scope.ts';
import type { AnswerWriter } from './answer-writer.ts';
import { ItemLookup } from './item-lookup.ts';
import type { ItemReader } from './item-reader.ts';
import { Outlet } from './outlet.ts';
import { readItem } from './read-item.ts';
import { objects, text } from './values.ts';

/*
 * The output items of one answer. An event names its item by place and by id, but servers rotate ids, leave one of the
 * two out, or forget to announce an item, so whichever fits an item of the right type counts. Items are written one
 * after another in the order in which they came: the first has the floor until it is over, the others wait.
 */

interface OutputItem {
  readonly type: string;
  readonly reader: ItemReader;
  readonly outlet: Outlet;
  callId: string;
  finished: boolean;
  /** Whether it was ended before the provider ended it. */
  cutShort: boolean;
}

/** Sorts events to items, and lets the items write in turn. */
export class OutputItems {
  readonly #writer: AnswerWriter;
  readonly #scope: AnswerScope;
  readonly #items: OutputItem[] = [];
  readonly #unfinished = new ItemLookup<OutputItem>(({ finished }) => finished);
  readonly #byIndex = new Map<number, OutputItem>();
  readonly #byId = new Map<string, OutputItem>();
  /** Place in `#items` of the one that has the floor. */
  #floor = 0;
  /** The item that an event was found to be about last, and the id it had there: most of the next ones are, too. */
  #latest: OutputItem | undefined;
  #latestId = '';

  constructor(writer: AnswerWriter, scope: AnswerScope) {
    this.#writer = writer;
    this.#scope = scope;
  }

  /** An item begins. */
  begin(event: ResponsesEvent): void {
    const item = itemOf(event);
    if (item === undefined) return;
    const known = this.#find(event, item);
    const begun = known === undefined || known.finished ? this.#create(text(item.type)) : known;
    this.#register(begun, event, item);
    begun.reader.begin(item);
  }

  /** An item is over. */
  finish(event: ResponsesEvent): void {
    const item = itemOf(event);
    if (item === undefined) return;
    const known = this.#find(event, item) ?? this.#unnamed(event, item);
    const isLate = known?.cutShort === true;
    if (known?.finished === true && !this.#isAnother(known, item)) {
      if (!isLate) known.reader.compare?.(item);
      return;
    }
    const over = known === undefined || known.finished ? this.#create(text(item.type)) : known;
    this.#register(over, event, item);
    this.#finish(over, item);
  }

  /** An event about an item of this type. */
  take(type: string, event: ResponsesEvent): void {
    const known = this.#again(type, event) ?? this.#find(event, { type }) ?? this.#unnamed(event, { type });
    // What comes after the end repeats, except for more text, which belongs to an item nobody announced.
    if (known?.finished === true && typeof event.delta !== 'string') return;
    const item = known === undefined || known.finished ? this.#create(type) : known;
    if (known !== item) this.#register(item, event, {});
    if (type === 'message' && typeof event.delta === 'string') this.#interrupt(item);
    item.reader.take(event);
  }

  /** The answer is complete: takes from its output what did not come before, and ends every item. */
  complete(output: unknown): void {
    const spoken = new Set(this.#items.filter(({ reader }) => reader.saidNothing !== true).map(({ type }) => type));
    const listed = new Set<OutputItem>();
    const seen = new ItemLookup<OutputItem>((candidate) => listed.has(candidate));
    // The list names items in their order, so the first that fits has to be found first.
    for (const item of this.#items.toReversed()) seen.add(item);
    for (const item of objects(output)) {
      if (text(item['type']) === '') continue;
      const known = seen.last(text(item['type']), text(item['call_id']));
      if (known !== undefined) listed.add(known);
      // An item that stayed empty is taken from the list only where none of its type can have been meant by it.
      if (known === undefined || (known.finished && !spoken.has(known.type)))
        this.#finish(this.#create(text(item['type'])), item);
      else if (!known.finished) this.#finish(known, item);
      else if (known.cutShort) this.#noteLateState(known, item);
      else known.reader.compare?.(item);
    }
    for (const item of this.#items) if (!item.finished) this.#finish(item, undefined);
  }

  /** What `#find` would say of an event with the same id as the last one, without looking the id up. */
  #again(type: string, event: ResponsesEvent): OutputItem | undefined {
    const latest = this.#latest;
    const isSame = latest?.finished === false && latest.type === type && event.item_id === this.#latestId;
    return isSame ? latest : undefined;
  }

  /** By its id if it is going on, else by its place: xAI gives one id to all reasoning of an answer. */
  #find(event: ResponsesEvent, item: ResponsesItem): OutputItem | undefined {
    const id = text(event.item_id) || text(item.id);
    const named = this.#byId.get(id);
    const byId = named !== undefined && matches(named, item) ? named : undefined;
    if (byId?.finished === false) {
      this.#latest = byId;
      this.#latestId = id;
      return byId;
    }
    if (typeof event.output_index !== 'number') return byId;
    const byIndex = this.#byIndex.get(event.output_index);
    return byIndex !== undefined && matches(byIndex, item) ? byIndex : undefined;
  }

  /** Where an event names no place, and an id nobody has seen, it is about the latest item that fits. */
  #unnamed(event: ResponsesEvent, item: ResponsesItem): OutputItem | undefined {
    if (typeof event.output_index === 'number') return undefined;
    return this.#unfinished.last(text(item.type), text(item.call_id));
  }

  /** Whether a finished item is told apart from this one by an id. */
  #isAnother(known: OutputItem, item: ResponsesItem): boolean {
    if (known.cutShort) {
      this.#noteLateState(known, item);
      return false;
    }
    const id = text(item.id);
    return id !== '' && this.#byId.get(id) !== known;
  }

  #noteLateState(known: OutputItem, item: ResponsesItem): void {
    known.cutShort = false;
    if (text(item.encrypted_content) !== '')
      this.#scope.lose('dropped', 'reasoning_state', 'State of reasoning came after the text that followed it.');
  }

  #create(type: string): OutputItem {
    const outlet = new Outlet(this.#writer);
    const reader = readItem(type, this.#scope, outlet);
    const item: OutputItem = { type, reader, outlet, callId: '', finished: false, cutShort: false };
    this.#items.push(item);
    this.#unfinished.add(item);
    if (this.#items.length - 1 === this.#floor) outlet.release();
    return item;
  }

  #register(known: OutputItem, event: ResponsesEvent, item: ResponsesItem): void {
    if (typeof event.output_index === 'number') this.#byIndex.set(event.output_index, known);
    for (const id of [text(event.item_id), text(item.id)]) if (id !== '') this.#byId.set(id, known);
    // The id may have been another item's.
    this.#latest = undefined;
    const callId = text(item.call_id);
    if (known.callId !== '' || callId === '') return;
    known.callId = callId;
    this.#unfinished.name(known);
  }

  #finish(item: OutputItem, final: ResponsesItem | undefined): void {
    item.finished = true;
    item.reader.finish(final);
    while (this.#items[this.#floor]?.finished === true) {
      this.#floor += 1;
      this.#items[this.#floor]?.outlet.release();
    }
  }

  /** Text must not wait for reasoning whose end some servers (llama.cpp) report only with the end of the answer. */
  #interrupt(item: OutputItem): void {
    const speaking = this.#items[this.#floor];
    if (speaking === undefined || speaking === item || speaking.reader.mayEnd !== true) return;
    speaking.cutShort = true;
    this.#finish(speaking, undefined);
  }
}

function itemOf(event: ResponsesEvent): ResponsesItem | undefined {
  return isJsonObject(event.item) && text(event.item['type']) !== '' ? event.item : undefined;
}

/** Whether what is known of an item does not speak against its being this one. */
function matches(known: OutputItem, item: ResponsesItem): boolean {
  if (known.type !== item.type) return false;
  const callId = text(item.call_id);
  return callId === '' || known.callId === '' || callId === known.callId;
}
