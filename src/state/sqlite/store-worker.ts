import { parentPort, workerData } from 'node:worker_threads';
import { isClaudexError, messageOf } from '../../errors/index.ts';
import { SqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';

/** What the worker is started with. */
export interface StoreWorkerData {
  readonly file: string;
  readonly options: Omit<SqliteStoreOptions, 'warn'>;
}

/** One call of a verb; calls are answered in the order in which they came. */
export interface StoreCall {
  readonly id: number;
  readonly verb: 'ready' | 'get' | 'put' | 'putAll' | 'list' | 'remove' | 'close';
  readonly given: readonly unknown[];
}

/** A failure on its way between threads, which keep neither marks nor classes. */
export interface CarriedFailure {
  readonly message: string;
  readonly code?: string;
  readonly remedy?: string | undefined;
}

/** What the worker says. */
export type StoreReply =
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: CarriedFailure };

const { file, options } = workerData as StoreWorkerData;
const store = new SqliteStore(file, { ...options, warn: (message) => reply({ kind: 'warning', message }) });
// The verbs have the types of the interface on the other side; here they only pass through.
const verbs = store as unknown as { [verb in StoreCall['verb']]: (...given: readonly unknown[]) => Promise<unknown> };

parentPort?.on('message', (call: StoreCall) => void answer(call));

async function answer({ id, verb, given }: StoreCall): Promise<void> {
  try {
    reply({ kind: 'done', id, result: await verbs[verb](...given) });
  } catch (error) {
    const carried = isClaudexError(error) ? { code: error.code, remedy: error.remedy } : {};
    reply({ kind: 'failed', id, failure: { message: messageOf(error), ...carried } });
  }
}

function reply(message: StoreReply): void {
  parentPort?.postMessage(message, []);
}
