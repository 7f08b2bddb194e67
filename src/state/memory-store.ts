import { failure } from '../errors/index.ts';
import type { ListOptions, PutOptions, StateStore, StoredEntry, StoredWrite } from './state-store.ts';

/** How much a store in memory keeps of one collection; the oldest goes first. */
const MOST_ENTRIES = 1_000;

/** What is kept of an entry: its value as text, so that nobody can change it from outside. */
interface Kept extends Omit<StoredEntry, 'value'> {
  readonly text: string;
}

/** A store that ends with its process: for tests, and where the file cannot be used. */
export function memoryStore(mostEntries = MOST_ENTRIES): StateStore {
  return new MemoryStore(mostEntries);
}

class MemoryStore implements StateStore {
  readonly #mostEntries: number;
  /** Within a collection, in the order in which entries were put. */
  readonly #collections = new Map<string, Map<string, Kept>>();
  #closed = false;

  constructor(mostEntries: number) {
    this.#mostEntries = mostEntries;
  }

  get(collection: string, key: string): Promise<StoredEntry | undefined> {
    return this.#run((now) => {
      const kept = this.#collections.get(collection)?.get(key);
      return kept && isAlive(kept, now) ? entryOf(kept) : undefined;
    });
  }

  put(collection: string, key: string, value: unknown, options: PutOptions = {}): Promise<boolean> {
    return this.#run((now) => {
      const { ifVersion, ...rest } = options;
      if (ifVersion !== undefined && ifVersion !== this.#versionOf(collection, key, now)) return false;
      this.#write({ collection, key, value, ...rest }, now);
      return true;
    });
  }

  putAll(writes: readonly StoredWrite[]): Promise<void> {
    return this.#run((now) => {
      for (const { value } of writes) textOf(value);
      for (const write of writes) this.#write(write, now);
    });
  }

  list(collection: string, options: ListOptions): Promise<readonly StoredEntry[]> {
    const { limit, storedBefore = Infinity, storedFrom = 0, keyPrefix = '' } = options;
    return this.#run((now) =>
      [...(this.#collections.get(collection)?.values() ?? [])]
        .filter((kept) => isAlive(kept, now) && kept.storedAt >= storedFrom && kept.storedAt < storedBefore)
        .filter(({ key }) => key.startsWith(keyPrefix))
        .toReversed()
        .toSorted((one, other) => other.storedAt - one.storedAt)
        .slice(0, limit)
        .map(entryOf),
    );
  }

  remove(collection: string, key: string): Promise<void> {
    return this.#run(() => void this.#collections.get(collection)?.delete(key));
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  #versionOf(collection: string, key: string, now: number): number {
    const kept = this.#collections.get(collection)?.get(key);
    return kept && isAlive(kept, now) ? kept.version : 0;
  }

  #write(write: StoredWrite, now: number): void {
    const { collection, key, value, expiresAt, storedAt = now } = write;
    const entries = this.#collections.get(collection) ?? new Map<string, Kept>();
    this.#collections.set(collection, entries);
    const version = this.#versionOf(collection, key, now) + 1;
    entries.delete(key);
    const end = expiresAt === undefined ? {} : { expiresAt };
    entries.set(key, { key, text: textOf(value), version, storedAt, ...end });
    this.#prune(entries, now);
  }

  /** What was put without an end is never thrown out. */
  #prune(entries: Map<string, Kept>, now: number): void {
    if (entries.size <= this.#mostEntries) return;
    for (const [key, kept] of entries) {
      const isTooMuch = entries.size > this.#mostEntries && kept.expiresAt !== undefined;
      if (isTooMuch || !isAlive(kept, now)) entries.delete(key);
    }
  }

  /** As a file does it: later, and with a rejection for what goes wrong. */
  async #run<Result>(work: (now: number) => Result): Promise<Result> {
    if (this.#closed) throw failure('state-closed', 'the state store was closed');
    return work(Date.now());
  }
}

function isAlive({ expiresAt }: Kept, now: number): boolean {
  return expiresAt === undefined || expiresAt > now;
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('only what JSON can express can be stored');
  return text;
}

function entryOf({ text, ...rest }: Kept): StoredEntry {
  return { ...rest, value: JSON.parse(text) as unknown };
}
