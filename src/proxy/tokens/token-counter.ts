import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../errors/index.ts';
import type { Log } from '../log.ts';
import type { CountQuestion } from './token-worker.ts';

/** How a counter behaves; tests have other limits. */
export interface CounterOptions {
  readonly log: Log;
  /** Counts that may wait or run at the same time. */
  readonly most?: number;
  /** How long a count may take, waiting included, in milliseconds. */
  readonly limitMs?: number;
  /** The worker ends when nobody has asked for this long, in milliseconds. */
  readonly idleMs?: number;
  readonly startWorker?: () => Worker;
}

interface Job {
  readonly question: CountQuestion;
  readonly settle: (tokens: number | undefined) => void;
  readonly timer: NodeJS.Timeout;
}

const MOST = 64;
const LIMIT_MS = 5_000;
const IDLE_MS = 60_000;
/** The largest encoding takes 120 MB, a body at most 32 MB. */
const HEAP_MB = 512;

/**
 * Counts tokens in one worker thread, so that the main loop, which serves the streams, never does. The worker is
 * started by the first count, takes one count after the other, and ends when it is not needed. Nothing here throws:
 * a count that cannot be had is `undefined`.
 */
export class TokenCounter {
  readonly #options: Required<CounterOptions>;
  /** The first one is with the worker. */
  readonly #jobs: Job[] = [];
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: CounterOptions) {
    this.#options = { most: MOST, limitMs: LIMIT_MS, idleMs: IDLE_MS, startWorker: startTokenWorker, ...options };
  }

  /** Whether the worker is there. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  /** The tokens of these texts together; `undefined` when there is too much to do, no time left, or no worker. */
  count(question: CountQuestion): Promise<number | undefined> {
    if (this.#closed || this.#jobs.length >= this.#options.most) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#expire(job), this.#options.limitMs);
      const settle = (tokens: number | undefined): void => {
        clearTimeout(timer);
        resolve(tokens);
      };
      const job: Job = { question, settle, timer };
      this.#jobs.push(job);
      if (this.#jobs.length === 1) this.#next();
    });
  }

  /** Ends the worker for good; whoever waits gets no count. */
  close(): void {
    this.#closed = true;
    this.#abandon();
  }

  /** Gives the first job to the worker, or lets the worker wait for another one. */
  #next(): void {
    clearTimeout(this.#idle);
    const [job] = this.#jobs;
    if (job) this.#ask(job.question);
    else this.#idle = setTimeout(() => this.#dismiss(), this.#options.idleMs).unref();
  }

  #ask(question: CountQuestion): void {
    try {
      this.#worker ??= this.#start();
      // Texts are copied; there is nothing to hand over.
      this.#worker.postMessage(question, []);
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  #start(): Worker {
    const worker = this.#options.startWorker();
    // An idle worker is no reason for the process to go on.
    worker.unref();
    const whileOurs = (act: () => void): void => {
      if (this.#worker === worker) act();
    };
    worker.on('message', (tokens: number) => whileOurs(() => this.#answer(tokens)));
    worker.on('error', (error) => whileOurs(() => this.#fail(messageOf(error))));
    worker.on('exit', (code) => whileOurs(() => this.#fail(`it ended with ${code}`)));
    return worker;
  }

  #answer(tokens: number): void {
    this.#jobs.shift()?.settle(tokens);
    this.#next();
  }

  /** The worker is lost: what waits is not counted, and the next count starts another one. */
  #fail(reason: string): void {
    this.#options.log({ level: 'warn', event: 'token-worker-failed', error: reason, abandoned: this.#jobs.length });
    this.#abandon();
  }

  #abandon(): void {
    this.#dismiss();
    for (const job of this.#jobs.splice(0)) job.settle(undefined);
  }

  /** A count that runs cannot be interrupted, only ended with its worker. */
  #expire(job: Job): void {
    const position = this.#jobs.indexOf(job);
    this.#jobs.splice(position, 1);
    job.settle(undefined);
    if (position > 0) return;
    this.#options.log({ level: 'warn', event: 'token-count-expired', milliseconds: this.#options.limitMs });
    this.#dismiss();
    this.#next();
  }

  #dismiss(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

/** Starts the worker beside this file: TypeScript where the source runs, JavaScript where the build does. */
function startTokenWorker(): Worker {
  const file = new URL(`./token-worker${extname(import.meta.filename)}`, import.meta.url);
  // It needs neither the keys in our environment nor whatever our process was started with.
  return new Worker(file, {
    name: 'claudex-tokens',
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}
