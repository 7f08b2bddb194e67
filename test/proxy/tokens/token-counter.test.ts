import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import type { LogEntry } from '../../../src/proxy/log.ts';
import { TokenCounter, type CounterOptions } from '../../../src/proxy/tokens/token-counter.ts';
import { waitUntil } from '../../support/wait-until.ts';

const QUESTION = { encoding: 'o200k_base', texts: ['hello world', '2 + 2 = 4'] } as const;
/** Answers with how many texts it was given; one text that is an order makes it fail in a certain way. */
const OBEDIENT = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ texts }) => {
    if (texts[0] === 'crash') throw new Error('as ordered');
    if (texts[0] === 'exit') process.exit(7);
    if (texts[0] !== 'hang') parentPort.postMessage(texts.length);
  });`;
const ordered = (order: string) => ({ encoding: 'o200k_base', texts: [order] }) as const;

describe('the counter of tokens', function () {
  this.timeout(30_000);
  let log: LogEntry[];
  let started: Worker[];
  const counters: TokenCounter[] = [];

  beforeEach(() => {
    log = [];
    started = [];
  });
  afterEach(() => counters.splice(0).forEach((counter) => counter.close()));

  const make = (options: Partial<CounterOptions> = {}): TokenCounter => {
    const counter = new TokenCounter({ log: (entry) => log.push(entry), ...options });
    counters.push(counter);
    return counter;
  };
  const makeObedient = (options: Partial<CounterOptions> = {}): TokenCounter =>
    make({
      startWorker: () => {
        const worker = new Worker(OBEDIENT, { eval: true });
        started.push(worker);
        return worker;
      },
      ...options,
    });

  it('has no worker before somebody asks', () => {
    expect(make().running).to.equal(false);
  });

  it('counts texts with the real worker, one question after the other', async () => {
    const counter = make();
    const counts = await Promise.all([
      counter.count(QUESTION),
      counter.count({ ...QUESTION, encoding: 'p50k_base' }),
      counter.count({ ...QUESTION, texts: [] }),
    ]);
    expect(counts).to.deep.equal([9, 7, 0]);
    expect(counter.running).to.equal(true);
    expect(log).to.deep.equal([]);
  });

  it('serves many questions with one worker', async () => {
    const counter = makeObedient();
    const counts = await Promise.all(Array.from({ length: 26 }, () => counter.count(QUESTION)));
    expect(counts).to.deep.equal(Array.from({ length: 26 }, () => 2));
    expect(started).to.have.length(1);
  });

  it('takes no more questions than its limit', async () => {
    const counter = makeObedient({ most: 2 });
    const counts = await Promise.all([1, 2, 3].map(() => counter.count(QUESTION)));
    expect(counts).to.deep.equal([2, 2, undefined]);
    expect(await counter.count(QUESTION)).to.equal(2);
  });

  for (const order of ['crash', 'exit']) {
    it(`does without a count when the worker fails (${order}), and starts another one`, async () => {
      const counter = makeObedient();
      const counts = await Promise.all([counter.count(ordered(order)), counter.count(QUESTION)]);
      expect(counts).to.deep.equal([undefined, undefined]);
      expect(log).to.have.length(1);
      expect(log[0]).to.include({ level: 'warn', event: 'token-worker-failed', abandoned: 2 });
      expect(await counter.count(QUESTION)).to.equal(2);
      expect(started).to.have.length(2);
    });
  }

  it('does without a count when no worker can be started', async () => {
    const counter = make({
      startWorker: () => {
        throw new Error('no threads left');
      },
    });
    expect(await counter.count(QUESTION)).to.equal(undefined);
    expect(log[0]).to.include({ event: 'token-worker-failed', error: 'no threads left' });
  });

  it('gives up a question that takes too long, and those that waited as long behind it', async () => {
    const counter = makeObedient({ limitMs: 50 });
    const counts = await Promise.all([counter.count(ordered('hang')), counter.count(QUESTION)]);
    expect(counts).to.deep.equal([undefined, undefined]);
    expect(log[0]).to.include({ event: 'token-count-expired', milliseconds: 50 });
  });

  it('needs another worker after one that took too long', async () => {
    const counter = makeObedient({ limitMs: 1_500 });
    expect(await counter.count(ordered('hang'))).to.equal(undefined);
    expect(counter.running).to.equal(false);
    expect(await counter.count(QUESTION)).to.equal(2);
    expect(started).to.have.length(2);
  });

  it('ends the worker when nobody asks any more, and starts it again', async () => {
    const counter = makeObedient({ idleMs: 20 });
    expect(await counter.count(QUESTION)).to.equal(2);
    await waitUntil('the worker has ended', () => !counter.running);
    expect(await counter.count(QUESTION)).to.equal(2);
    expect(started).to.have.length(2);
    expect(log).to.deep.equal([]);
  });

  it('ends the worker when it is closed, and counts nothing more', async () => {
    const counter = makeObedient();
    const waiting = [counter.count(ordered('hang')), counter.count(QUESTION)];
    const ended = started[0] && once(started[0], 'exit');
    counter.close();
    expect(await Promise.all(waiting)).to.deep.equal([undefined, undefined]);
    await ended;
    expect(await counter.count(QUESTION)).to.equal(undefined);
    expect(started).to.have.length(1);
    expect(log).to.deep.equal([]);
  });
});
