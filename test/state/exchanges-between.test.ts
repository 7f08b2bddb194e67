import { expect } from 'chai';
import { exchangesBetween } from '../../src/state/exchanges-between.ts';
import { memoryStore, openStateStore, type StateStore } from '../../src/state/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exchangeReport, requestId } from './support/exchange-report.ts';

const START = Date.parse('2026-11-24T12:00:00.000Z');
const ALWAYS = { from: 0, before: Number.MAX_SAFE_INTEGER / 2 };

describe('exchangesBetween', () => {
  const folder = temporaryFolder();

  /** Keeps one exchange for each pair of moments: when it began, and when it was stored. */
  async function filled(moments: readonly (readonly [number, number])[]): Promise<StateStore> {
    const store = await openStateStore(folder());
    await store.putAll?.(
      moments.map(([startedAt, storedAt], index) => ({
        collection: 'exchange',
        key: requestId(String(index).padStart(4, '0')),
        value: exchangeReport({
          request_id: requestId(String(index).padStart(4, '0')),
          started_at: new Date(startedAt).toISOString(),
        }),
        storedAt,
      })),
    );
    return store;
  }
  async function idsOf(store: StateStore, period = ALWAYS, page?: number): Promise<string[]> {
    const ids: string[] = [];
    for await (const { request_id } of exchangesBetween(store, period, page)) ids.push(request_id);
    return ids;
  }

  it('gives each exchange once, whatever falls on the edge of a page', async () => {
    // Many of one millisecond, more than a page, and others around them.
    const moments = Array.from({ length: 100 }, (_, index) => START + (index < 40 || index > 70 ? index : 50));
    const store = await filled(moments.map((moment) => [moment, moment] as const));
    const all = await idsOf(store);
    expect(new Set(all).size).to.equal(100);
    for (const page of [1, 2, 3, 7, 99, 100, 101]) {
      const paged = await idsOf(store, ALWAYS, page);
      expect(paged, `pages of ${page}`).to.deep.equal(all);
    }
    await store.close();
  });

  it('goes by when an exchange began, not by when it was stored', async () => {
    const store = await filled([
      [START - 1, START + 5_000],
      [START, START + 1],
      [START + 999, START + 90_000],
      [START + 1_000, START + 1_001],
    ]);
    const ids = await idsOf(store, { from: START, before: START + 1_000 });
    expect(ids).to.have.members([requestId('0001'), requestId('0002')]);
    await store.close();
  });

  it('gives nothing of an empty store', async () => {
    expect(await idsOf(memoryStore())).to.deep.equal([]);
  });
});
