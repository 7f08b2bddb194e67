import { expect } from 'chai';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memoryStore, openStateStore, type StateStore } from '../../../src/state/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MEBIBYTE = 1024 * 1024;
const LATER = Date.now() + 24 * 60 * 60 * 1000;

describe('what a state store keeps at most', () => {
  const folder = temporaryFolder();
  const keysIn = async (store: StateStore, collection: string): Promise<string[]> =>
    (await store.list(collection, { limit: 10_000 })).map(({ key }) => key);

  it('is a number of entries of each collection: the oldest go first, and what has no end stays', async () => {
    const limits = { entries: 10, bytes: 200 * MEBIBYTE };
    const store = await openStateStore(folder(), { limits });
    const entry = (collection: string, index: number) => ({ collection, key: `${index}`, value: index });
    const many = Array.from({ length: 100 }, (_, index) => index);
    await store.putAll?.([
      ...many.map((index) => ({ ...entry('reports', index), expiresAt: LATER })),
      ...many.slice(0, 5).map((index) => ({ ...entry('others', index), expiresAt: LATER })),
      ...many.map((index) => entry('kept', index)),
    ]);
    expect(await keysIn(store, 'reports')).to.deep.equal(many.slice(90).toReversed().map(String));
    expect(await keysIn(store, 'others')).to.have.length(5);
    expect(await keysIn(store, 'kept')).to.have.length(100);
    await store.close();
  });

  it('is a number of bytes, which the largest collection gives back first, and the file shrinks again', async () => {
    const limits = { entries: 50_000, bytes: 2 * MEBIBYTE };
    const store = await openStateStore(folder(), { limits, apart: true });
    for (let index = 0; index < 30; index += 1) {
      await store.put('reports', `${index}`, 'small', { expiresAt: LATER });
      await store.put('bodies', `${index}`, 'x'.repeat(MEBIBYTE), { expiresAt: LATER });
    }
    // By now it has pruned by itself; what it was told since is at most 16 MiB.
    const bodies = await keysIn(store, 'bodies');
    expect(bodies[0]).to.equal('29');
    expect(bodies.length).to.be.lessThan(20);
    await store.close();
    const again = await openStateStore(folder(), { limits });
    await again.put('reports', 'last', 'small', { expiresAt: LATER });
    expect(await keysIn(again, 'bodies')).to.deep.equal(['29']);
    expect(await keysIn(again, 'reports')).to.have.length(31);
    await again.close();
    const sizes = readdirSync(folder()).map((name) => statSync(join(folder(), name)).size);
    expect(Math.max(...sizes)).to.be.lessThan(4 * MEBIBYTE);
  });

  it('does not count what has expired, which is removed by the next writer', async () => {
    const limits = { entries: 2, bytes: 200 * MEBIBYTE };
    const first = await openStateStore(folder());
    const past = Array.from({ length: 50 }, (_, index) => ({
      collection: 'reports',
      key: `past-${index}`,
      value: 'x'.repeat(10_000),
      expiresAt: Date.now() - 1,
    }));
    await first.putAll?.(past);
    await first.close();
    const store = await openStateStore(folder(), { limits });
    for (const key of ['a', 'b']) await store.put('reports', key, 1, { expiresAt: LATER });
    expect(await keysIn(store, 'reports')).to.deep.equal(['b', 'a']);
    await store.close();
    expect(statSync(join(folder(), 'state.db')).size).to.be.lessThan(100_000);
  });

  it('is a number of entries in memory, too', async () => {
    const store = memoryStore(3);
    await store.put('things', 'kept', 0);
    await store.put('things', 'past', 0, { expiresAt: Date.now() - 1 });
    for (const key of ['a', 'b', 'c', 'd']) await store.put('things', key, 1, { expiresAt: LATER });
    expect(await keysIn(store, 'things')).to.deep.equal(['d', 'c', 'kept']);
  });
});
