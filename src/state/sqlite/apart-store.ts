import { failure } from '../../errors/index.ts';
import type { ListOptions, PutOptions, StateStore, StoredEntry, StoredWrite } from '../state-store.ts';
import type { SqliteStoreOptions } from './sqlite-store.ts';
import { StoreThread } from './store-thread.ts';
import type { StoreCall } from './store-worker.ts';

/** The thread ends when nobody has called for this long, in milliseconds: it costs 15 MB. */
const IDLE_MS = 30_000;

/**
 * A store on a file in a thread of its own: a slow disk or a busy file never holds up the streams of this one. The thread is
 * started by a call and ends when it is not needed.
 */
export class ApartStore implements StateStore {
  readonly #file: string;
  readonly #options: SqliteStoreOptions;
  readonly #idleMs: number;
  #thread: StoreThread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor(file: string, options: SqliteStoreOptions = {}, idleMs = IDLE_MS) {
    this.#file = file;
    this.#options = options;
    this.#idleMs = idleMs;
  }

  /** Opens the file, which any other call does, too; fails when it cannot be used. */
  async ready(): Promise<void> {
    await this.#call('ready');
  }

  async get(collection: string, key: string): Promise<StoredEntry | undefined> {
    return (await this.#call('get', collection, key)) as StoredEntry | undefined;
  }

  async put(collection: string, key: string, value: unknown, options: PutOptions = {}): Promise<boolean> {
    return (await this.#call('put', collection, key, value, options)) as boolean;
  }

  async putAll(writes: readonly StoredWrite[]): Promise<void> {
    await this.#call('putAll', writes);
  }

  async list(collection: string, options: ListOptions): Promise<readonly StoredEntry[]> {
    return (await this.#call('list', collection, options)) as readonly StoredEntry[];
  }

  async remove(collection: string, key: string): Promise<void> {
    await this.#call('remove', collection, key);
  }

  close(): Promise<void> {
    this.#closing ??= this.#endThread();
    return this.#closing;
  }

  async #call(verb: StoreCall['verb'], ...given: readonly unknown[]): Promise<unknown> {
    if (this.#closing) throw failure('state-closed', `${this.#file} was closed`);
    clearTimeout(this.#idle);
    const thread = (this.#thread ??= this.#start());
    try {
      return await thread.call(verb, given);
    } finally {
      if (thread === this.#thread && thread.waiting === 0) this.#rest();
    }
  }

  #start(): StoreThread {
    const { warn = () => undefined, ...options } = this.#options;
    const thread: StoreThread = new StoreThread(
      { file: this.#file, options },
      {
        warned: warn,
        // The next call starts another one.
        lost: () => {
          if (this.#thread === thread) this.#thread = undefined;
        },
      },
    );
    return thread;
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#endThread(), this.#idleMs).unref();
  }

  async #endThread(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.end();
  }
}
