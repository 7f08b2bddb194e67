/** What is known of an item while it is looked for. */
export interface KnownItem {
  readonly type: string;
  /** Id of the call, `''` where it is not known, or not yet. */
  readonly callId: string;
}

interface Entry<Item> {
  readonly item: Item;
  readonly order: number;
}

/**
 * Finds the item that was added last and that an event may be about, without going through all of them: an answer can
 * have any number of items, and each of its events can name an item nobody knows.
 */
export class ItemLookup<Item extends KnownItem> {
  readonly #isGone: (item: Item) => boolean;
  readonly #byType = new Map<string, Entry<Item>[]>();
  readonly #byCall = new Map<string, Map<string, Entry<Item>[]>>();
  #order = 0;

  /** `isGone` says of an item that it is not to be found any more. What is gone never comes back. */
  constructor(isGone: (item: Item) => boolean) {
    this.#isGone = isGone;
  }

  add(item: Item): void {
    const entry = { item, order: (this.#order += 1) };
    listIn(this.#byType, item.type).push(entry);
    this.#listOfCall(item.type, item.callId).push(entry);
  }

  /** The call id of an item has become known. */
  name(item: Item): void {
    this.#listOfCall(item.type, item.callId).push({ item, order: (this.#order += 1) });
  }

  /** The last item of this type whose call id is this one or not known; any call id fits an event without one. */
  last(type: string, callId: string): Item | undefined {
    if (callId === '') return this.#top(this.#byType.get(type))?.item;
    const calls = this.#byCall.get(type);
    const named = this.#top(calls?.get(callId), callId);
    const unnamed = this.#top(calls?.get(''), '');
    if (named === undefined || unnamed === undefined) return (named ?? unnamed)?.item;
    return named.order > unnamed.order ? named.item : unnamed.item;
  }

  /** The last entry that can still be found. What is gone, or filed under another call by now, is taken away. */
  #top(entries: Entry<Item>[] | undefined, callId?: string): Entry<Item> | undefined {
    for (let entry = entries?.at(-1); entry !== undefined; entry = entries?.at(-1)) {
      if (!this.#isGone(entry.item) && (callId === undefined || entry.item.callId === callId)) return entry;
      entries?.pop();
    }
    return undefined;
  }

  #listOfCall(type: string, callId: string): Entry<Item>[] {
    let calls = this.#byCall.get(type);
    if (calls === undefined) {
      calls = new Map();
      this.#byCall.set(type, calls);
    }
    return listIn(calls, callId);
  }
}

function listIn<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
