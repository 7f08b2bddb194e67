import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { createScrubber } from '../../src/errors/index.ts';
import { History, memoryStore, type HistoryOptions, type StateStore } from '../../src/state/index.ts';
import { waitUntil } from '../support/wait-until.ts';
import { exchangeReport, requestId } from './support/exchange-report.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than any test: what is found before is found in the buffer. */
const NEVER_MS = 1_000_000;
const MEBIBYTE = 1024 * 1024;

function historyIn(store: StateStore, more: Partial<HistoryOptions> = {}): History {
  return new History({ store, days: () => 30, scrub: (text) => text, flushMs: NEVER_MS, ...more });
}

/** The same store, which writes several values in this way. */
function storeWith(store: StateStore, putAll: StateStore['putAll']): StateStore {
  return {
    get: (collection, key) => store.get(collection, key),
    put: (collection, key, value, options) => store.put(collection, key, value, options),
    list: (collection, options) => store.list(collection, options),
    remove: (collection, key) => store.remove(collection, key),
    close: () => store.close(),
    ...(putAll && { putAll }),
  };
}

describe('the history', () => {
  const store = memoryStore();
  const one = exchangeReport({ request_id: requestId('one') });
  const two = exchangeReport({ request_id: requestId('two') });

  it('finds what was recorded, before it is written and afterwards', async () => {
    const history = historyIn(store);
    history.record(one);
    expect(await store.get('exchange', one.request_id)).to.equal(undefined);
    expect(await history.find(one.request_id)).to.deep.equal({ kind: 'one', report: one });
    await history.flush();
    expect(await store.get('exchange', one.request_id)).to.deep.include({ value: one });
    expect(await history.find(one.request_id)).to.deep.equal({ kind: 'one', report: one });
    expect(await historyIn(store).find(one.request_id)).to.deep.equal({ kind: 'one', report: one });
  });

  it('writes by itself after a while', async () => {
    const own = memoryStore();
    const history = historyIn(own, { flushMs: 20 });
    for (const report of [one, two]) {
      history.record(report);
      await waitUntil('the report to be written', async () => own.get('exchange', report.request_id), 10_000);
    }
  });

  it('writes what is recorded together in one go', async () => {
    const batches: number[] = [];
    const own = memoryStore();
    const counting = storeWith(own, (writes) => Promise.resolve(void batches.push(writes.length)));
    const history = historyIn(counting);
    for (let index = 0; index < 100; index += 1) history.record(exchangeReport({ request_id: `req_${index}` }));
    await Promise.all([history.flush(), history.flush()]);
    expect(batches).to.deep.equal([100]);
  });

  it('writes one after the other where the store knows no other way', async () => {
    const own = memoryStore();
    const history = historyIn(storeWith(own, undefined));
    history.record(one);
    history.record(two);
    await history.flush();
    expect(await own.list('exchange', { limit: 10 })).to.have.length(2);
    expect(await own.get('exchange', one.request_id)).to.have.property('expiresAt');
  });

  it('finds the newest, and one by the beginning of its id that no other has', async () => {
    const history = historyIn(memoryStore());
    expect(await history.find('latest')).to.deep.equal({ kind: 'none' });
    const ids = ['aaaa1', 'aaaa2', 'bbbb1'].map(requestId);
    for (const id of ids.slice(0, 2)) history.record(exchangeReport({ request_id: id }));
    await history.flush();
    history.record(exchangeReport({ request_id: requestId('bbbb1') }));
    expect(await history.find('latest')).to.have.nested.property('report.request_id', ids[2]);
    expect(await history.find('req_bbbb')).to.have.nested.property('report.request_id', ids[2]);
    expect(await history.find('req_aaaa1')).to.have.nested.property('report.request_id', ids[0]);
    expect(await history.find('req_aaaa')).to.deep.equal({ kind: 'several', ids: [ids[1], ids[0]] });
    for (const unknown of ['req_cccc', 'req_bbb', 'eq_bbbb1', requestId('nothing'), ''])
      expect(await history.find(unknown), unknown).to.deep.equal({ kind: 'none' });
  });

  it('lists the newest first, page by page, each once although it is being written', async () => {
    const history = historyIn(memoryStore());
    for (const name of ['a', 'b', 'c']) {
      history.record(exchangeReport({ request_id: name }));
      await sleep(5);
    }
    const names = async (options: { limit: number; before?: number }): Promise<string[]> =>
      (await history.recent(options)).map(({ request_id }) => request_id);
    const flushing = history.flush();
    expect(await names({ limit: 10 })).to.deep.equal(['c', 'b', 'a']);
    await flushing;
    const middle = Date.now();
    await sleep(5);
    history.record(exchangeReport({ request_id: 'd' }));
    expect(await names({ limit: 2 })).to.deep.equal(['d', 'c']);
    expect(await names({ limit: 10, before: middle })).to.deep.equal(['c', 'b', 'a']);
  });

  it('keeps each exchange for as long as is configured when it ends', async () => {
    const own = memoryStore();
    let days = 2;
    const history = historyIn(own, { days: () => days });
    history.record(one);
    days = 5;
    history.record(two);
    await history.flush();
    const [first, second] = await Promise.all([one, two].map(({ request_id }) => own.get('exchange', request_id)));
    expect((first?.expiresAt ?? 0) - (first?.storedAt ?? 0)).to.equal(2 * DAY_MS);
    expect((second?.expiresAt ?? 0) - (second?.storedAt ?? 0)).to.equal(5 * DAY_MS);
  });

  it('keeps nothing for 0 days, and forgets what it had', async () => {
    const own = memoryStore();
    const before = historyIn(own);
    for (let index = 0; index < 250; index += 1) before.record(exchangeReport({ request_id: `req_${index}` }));
    before.recordBodies('req_1', { request: '{}', answer: '{}' });
    await before.close();
    const history = historyIn(own, { days: () => 0 });
    history.record(one);
    history.recordBodies(one.request_id, { request: '{}', answer: '{}' });
    expect(await history.find(one.request_id)).to.deep.equal({ kind: 'none' });
    await history.forgetOld();
    expect(await own.list('exchange', { limit: 10 })).to.deep.equal([]);
    expect(await own.list('exchange-bodies', { limit: 10 })).to.deep.equal([]);
  });

  it('forgets only what is older than may be kept', async () => {
    const own = memoryStore();
    const storedAt = Date.now() - 3 * DAY_MS;
    await own.putAll?.([{ collection: 'exchange', key: 'old', value: one, storedAt, expiresAt: Date.now() + DAY_MS }]);
    const history = historyIn(own, { days: () => 2 });
    history.record(two);
    await history.flush();
    await history.forgetOld();
    expect((await own.list('exchange', { limit: 10 })).map(({ key }) => key)).to.deep.equal([two.request_id]);
  });

  it('drops and counts what cannot be written, says so once, and goes on', async () => {
    const warnings: string[] = [];
    let isFull = true;
    const own = memoryStore();
    const failing = storeWith(own, async (writes) => {
      if (isFull) throw new Error('disk full');
      await own.putAll?.(writes);
    });
    const history = historyIn(failing, { warn: (message) => warnings.push(message) });
    for (const report of [one, two]) {
      history.record(report);
      await history.flush();
    }
    expect(history.dropped).to.equal(2);
    expect(warnings).to.deep.equal(['the history is not written: disk full']);
    isFull = false;
    history.record(one);
    await history.close();
    expect(history.dropped).to.equal(2);
    expect(await own.get('exchange', one.request_id)).to.have.property('version', 1);
  });

  it('never holds more than 5,000 reports while the store hangs', async () => {
    const own = memoryStore();
    const hanging = storeWith(own, () => new Promise(() => undefined));
    const history = historyIn(hanging);
    history.record(one);
    void history.flush();
    await sleep(1);
    for (let index = 0; index < 5_010; index += 1) history.record(exchangeReport({ request_id: `req_${index}` }));
    expect(history.dropped).to.equal(10);
    expect(await history.find(one.request_id)).to.have.property('kind', 'one');
  });

  it('keeps the first MiB of bodies, without secrets, and whole characters', async () => {
    const scrubber = createScrubber();
    scrubber.know('canary-secret');
    const history = historyIn(memoryStore(), { scrub: (text) => scrubber.scrub(text) });
    const request = `{"text":"${'ü'.repeat(MEBIBYTE)}"}`;
    const filler = 'x'.repeat(MEBIBYTE - 5);
    history.recordBodies('req_long', { request, answer: `${filler}canary-secret` });
    history.recordBodies('req_short', { request: 'my canary-secret', answer: 'yes', answer_type: 'text/plain' });
    await history.flush();
    const long = await history.bodiesOf('req_long');
    expect(long?.request).to.include({ truncated: true, bytes: Buffer.byteLength(request) });
    expect(long?.request.text).to.match(/^\{"text":"ü+$/);
    expect(Buffer.byteLength(long?.request.text ?? '')).to.be.within(MEBIBYTE - 1, MEBIBYTE);
    expect(long?.answer).to.deep.equal({ text: `${filler}*****`, truncated: true, bytes: filler.length + 13 });
    expect(await history.bodiesOf('req_short')).to.deep.equal({
      request: { text: 'my ********', bytes: 16, truncated: false },
      answer: { text: 'yes', bytes: 3, truncated: false },
      answer_type: 'text/plain',
    });
    expect(await history.bodiesOf('req_none')).to.equal(undefined);
  });
});
