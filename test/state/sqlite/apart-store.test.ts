import { expect } from 'chai';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { ApartStore } from '../../../src/state/sqlite/apart-store.ts';
import { History, openHistory, openStateStore } from '../../../src/state/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { exchangeReport } from '../support/exchange-report.ts';

/** Generous: it takes a fifth of this on a slow machine. */
const MOST_MICROSECONDS_PER_REPORT = 150;

describe('a state store in a thread of its own', () => {
  const folder = temporaryFolder();
  it('ends its thread when nobody calls, and starts another one for the next call', async () => {
    const threads = { started: 0, ended: 0 };
    const watch = (thread: Worker): void => {
      threads.started += 1;
      thread.once('exit', () => (threads.ended += 1));
    };
    process.on('worker', watch);
    const store = new ApartStore(join(folder(), 'state.db'), {}, 50);
    try {
      for (let round = 1; round <= 3; round += 1) {
        await store.put('things', 'one', round);
        expect(threads).to.deep.equal({ started: round, ended: round - 1 });
        await waitUntil('the thread to end', () => threads.ended === round, 10_000);
      }
      expect(await store.get('things', 'one')).to.include({ value: 3, version: 3 });
    } finally {
      process.off('worker', watch);
      await store.close();
    }
  });

  it('works once its file can be used', async () => {
    const file = join(folder(), 'state.db');
    mkdirSync(file);
    const store = new ApartStore(file);
    expect(await store.put('things', 'one', 1).catch((error: unknown) => error)).to.include({
      code: 'state-file-is-none',
      exitCode: 1,
    });
    rmdirSync(file);
    expect(await store.put('things', 'one', 1)).to.equal(true);
    await store.close();
  });

  it('answers everything that was asked before it was closed', async () => {
    const store = new ApartStore(join(folder(), 'state.db'));
    const puts = Array.from({ length: 50 }, (_, index) => store.put('things', `${index}`, index));
    await store.close();
    expect(await Promise.all(puts)).to.deep.equal(puts.map(() => true));
  });

  it('costs the thread that records next to nothing', async () => {
    const store = new ApartStore(join(folder(), 'state.db'));
    await store.ready();
    const history = new History({ store, days: () => 30, scrub: (text) => text });
    const reports = Array.from({ length: 5_000 }, (_, index) => exchangeReport({ request_id: `req_${index}` }));
    const before = performance.eventLoopUtilization();
    for (let from = 0; from < reports.length; from += 500) {
      for (const report of reports.slice(from, from + 500)) history.record(report);
      await history.flush();
    }
    const { active } = performance.eventLoopUtilization(before);
    await history.close();
    expect(await store.list('exchange', { limit: 10_000 })).to.have.length(reports.length);
    await store.close();
    expect((active * 1000) / reports.length).to.be.lessThan(MOST_MICROSECONDS_PER_REPORT);
  });

  it('is opened and read by a server that starts without its thread, which the first report starts', async () => {
    const before = await openStateStore(folder());
    await before.put('things', 'one', 1);
    await before.put('exchange', 'req_old', exchangeReport());
    await before.close();
    let threads = 0;
    const count = (): void => void (threads += 1);
    process.on('worker', count);
    let found: unknown;
    const kept = await openHistory({
      stateFolder: folder(),
      days: () => 0,
      scrub: (text) => text,
      warn: (message) => expect.fail(message),
      atStart: async (store) => {
        found = (await store.get('things', 'one'))?.value;
        throw new Error('what is read here may be missing');
      },
    });
    try {
      expect(found).to.equal(1);
      expect(threads).to.equal(0);
      expect(await kept.store.get('exchange', 'req_old')).to.equal(undefined);
      expect(threads).to.equal(1);
    } finally {
      process.off('worker', count);
      await kept.close();
    }
  });

  it('is replaced by memory where its file cannot be used, with a warning', async () => {
    const warnings: string[] = [];
    mkdirSync(join(folder(), 'state.db'));
    const kept = await openHistory({
      stateFolder: folder(),
      days: () => 30,
      scrub: (text) => text,
      warn: (message) => warnings.push(message),
    });
    kept.history.record(exchangeReport());
    await kept.history.flush();
    expect(await kept.history.find('latest')).to.have.property('kind', 'one');
    expect(kept.history.dropped).to.equal(0);
    await kept.close();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('state.db is not a file').and.to.contain('in memory');
  });
});
