import { messageOf } from '../errors/index.ts';
import type { StateStore, StoredWrite } from './state-store.ts';

/** How a buffer behaves. */
export interface WriteBufferOptions {
  readonly store: StateStore;
  /** Told when writing begins to fail, once until it works again. */
  readonly warn: (message: string) => void;
  /** Longest time a write waits, in milliseconds. */
  readonly flushMs: number;
}

/** What may wait at most: a disk that hangs must not fill the memory. */
const MOST_WRITES = 5_000;
const MOST_BYTES = 32 * 1024 * 1024;

type Writes = Map<string, StoredWrite>;

/**
 * Collects writes and makes them together, so that each costs its caller next to nothing. What cannot be written is dropped
 * and counted: nothing here throws, and nobody waits.
 */
export class WriteBuffer {
  readonly #options: WriteBufferOptions;
  #waiting: Writes = new Map();
  #writing: Writes = new Map();
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isFailing = false;
  #dropped = 0;

  constructor(options: WriteBufferOptions) {
    this.#options = options;
  }

  /** Writes that were given up. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a write. `bytes` is its size, for those that may be large. */
  add(write: StoredWrite, bytes = 0): void {
    if (this.#waiting.size >= MOST_WRITES || this.#bytes + bytes > MOST_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#bytes += bytes;
    this.#waiting.set(nameOf(write.collection, write.key), write);
    this.#arm();
  }

  /** A write that has not reached the store yet. */
  find(collection: string, key: string): StoredWrite | undefined {
    const name = nameOf(collection, key);
    return this.#waiting.get(name) ?? this.#writing.get(name);
  }

  /** Writes of a collection that have not reached the store yet, the newest first. */
  list(collection: string): StoredWrite[] {
    return [...this.#writing.values(), ...this.#waiting.values()]
      .filter((write) => write.collection === collection)
      .toReversed();
  }

  /** Writes what waits now. Settles when it is written or given up. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#write());
    return this.#running;
  }

  /** While the store is busy with one batch, the next one grows without a clock of its own. */
  #arm(): void {
    if (this.#writing.size > 0) return;
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.flushMs).unref();
  }

  async #write(): Promise<void> {
    this.#writing = this.#waiting;
    this.#waiting = new Map();
    this.#bytes = 0;
    if (this.#writing.size === 0) return;
    try {
      await putAll(this.#options.store, [...this.#writing.values()]);
      this.#isFailing = false;
    } catch (error) {
      this.#dropped += this.#writing.size;
      if (!this.#isFailing) this.#options.warn(`the history is not written: ${messageOf(error)}`);
      this.#isFailing = true;
    } finally {
      this.#writing = new Map();
      if (this.#waiting.size > 0) this.#arm();
    }
  }
}

async function putAll(store: StateStore, writes: readonly StoredWrite[]): Promise<void> {
  if (store.putAll) return store.putAll(writes);
  for (const { collection, key, value, expiresAt } of writes)
    await store.put(collection, key, value, expiresAt === undefined ? {} : { expiresAt });
}

function nameOf(collection: string, key: string): string {
  return `${collection}\n${key}`;
}
