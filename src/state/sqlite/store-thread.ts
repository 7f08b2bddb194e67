import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failure, messageOf } from '../../errors/index.ts';
import type { CarriedFailure, StoreCall, StoreReply, StoreWorkerData } from './store-worker.ts';

/** What a thread tells besides its answers. */
export interface ThreadEvents {
  readonly warned: (message: string) => void;
  /** The thread is gone; calls that waited have been rejected. */
  readonly lost: () => void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** More than a call with the largest values needs. */
const HEAP_MB = 256;

/** A thread with a store on a file, and the calls that wait for its answers. */
export class StoreThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(data: StoreWorkerData, events: ThreadEvents) {
    this.#events = events;
    this.#worker = startWorker(data);
    this.#worker.unref();
    this.#worker.on('message', (reply: StoreReply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#lose(messageOf(error)));
    this.#worker.on('exit', (code) => this.#lose(`its thread ended with ${code}`));
  }

  /** Calls that have no answer yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls a verb. Answers come in the order of the calls. */
  call(verb: StoreCall['verb'], given: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const call: StoreCall = { id: this.#lastId, verb, given };
      // Values are copied; there is nothing to hand over.
      this.#worker.postMessage(call, []);
      this.#waiting.set(call.id, { resolve, reject });
      // While somebody waits for an answer, the process must not end for want of work.
      this.#worker.ref();
    });
  }

  /** Lets go of the file, after the calls that were made before. */
  async end(): Promise<void> {
    // A thread that is gone has nothing to let go of.
    await this.call('close', []).catch(() => undefined);
    await this.#worker.terminate();
  }

  #receive(reply: StoreReply): void {
    if (reply.kind === 'warning') return this.#events.warned(reply.message);
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.kind === 'done') return waiting?.resolve(reply.result);
    return waiting?.reject(errorOf(reply.failure));
  }

  #lose(reason: string): void {
    this.#events.lost();
    const error = failure('state-lost', `the state store is gone: ${reason}`, 'Try again.');
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Starts the worker beside this file: TypeScript where the source runs, JavaScript where the build does. */
function startWorker(data: StoreWorkerData): Worker {
  const script = new URL(`./store-worker${extname(import.meta.filename)}`, import.meta.url);
  // It needs neither the keys in our environment nor whatever our process was started with.
  return new Worker(script, {
    name: 'claudex-state',
    env: {},
    execArgv: [],
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}

function errorOf({ message, code, remedy }: CarriedFailure): Error {
  return code === undefined ? new Error(message) : failure(code, message, remedy);
}
