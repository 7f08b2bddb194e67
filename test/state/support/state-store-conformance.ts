import { expect } from 'chai';
import type { StateStore } from '../../../src/state/index.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** Beyond any entry of these tests. */
const LATER = Date.now() + 24 * 60 * 60 * 1000;

/** What every store must do. `open` makes an empty one, which is closed after each test. */
export function itBehavesLikeAStateStore(open: () => Promise<StateStore>): void {
  let store: StateStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const keysOf = async (options: Parameters<StateStore['list']>[1]): Promise<string[]> =>
    (await store.list('things', options)).map(({ key }) => key);

  it('gives back what was put, as JSON knows it, and when', async () => {
    const value = { text: 'ünï\u{1F600}\0"', list: [1, null, 1.5, true], gone: undefined };
    const before = Date.now();
    expect(await store.put('things', 'one', value, { expiresAt: LATER })).to.equal(true);
    const entry = await store.get('things', 'one');
    expect(entry).to.deep.include({ key: 'one', version: 1, expiresAt: LATER });
    expect(entry?.value).to.deep.equal({ text: value.text, list: value.list });
    expect(entry?.storedAt).to.be.within(before, Date.now());
  });

  it('knows nothing of other keys and other collections', async () => {
    await store.put('things', 'one', 1);
    expect(await store.get('things', 'two')).to.equal(undefined);
    expect(await store.get('others', 'one')).to.equal(undefined);
    expect(await store.list('others', { limit: 10 })).to.deep.equal([]);
    expect(await store.get('things', "' OR 1=1 --")).to.equal(undefined);
  });

  it('says nothing of an end where there is none', async () => {
    await store.put('things', 'one', null);
    expect(await store.get('things', 'one')).to.not.have.property('expiresAt');
    expect(await store.get('things', 'one')).to.have.property('value', null);
  });

  it('keeps what it was given, whatever becomes of the object', async () => {
    const value = { list: [1] };
    const put = store.put('things', 'one', value);
    await put;
    value.list.push(2);
    const { value: first } = (await store.get('things', 'one')) ?? {};
    (first as { list: number[] }).list.push(3);
    expect((await store.get('things', 'one'))?.value).to.deep.equal({ list: [1] });
  });

  it('refuses what JSON cannot express', async () => {
    const refused = await store.put('things', 'one', undefined).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
    expect(await store.get('things', 'one')).to.equal(undefined);
  });

  it('counts the writes of a key, from 1 again after it was removed', async () => {
    for (const value of ['a', 'b', 'c']) await store.put('things', 'one', value);
    expect(await store.get('things', 'one')).to.include({ value: 'c', version: 3 });
    await store.remove('things', 'one');
    await store.remove('things', 'one');
    expect(await store.get('things', 'one')).to.equal(undefined);
    await store.put('things', 'one', 'd');
    expect(await store.get('things', 'one')).to.include({ version: 1 });
  });

  it('puts on condition of a version, and on condition that nothing is there', async () => {
    expect(await store.put('things', 'one', 'a', { ifVersion: 1 })).to.equal(false);
    expect(await store.put('things', 'one', 'a', { ifVersion: 0 })).to.equal(true);
    expect(await store.put('things', 'one', 'b', { ifVersion: 0 })).to.equal(false);
    expect(await store.put('things', 'one', 'b', { ifVersion: 2 })).to.equal(false);
    expect(await store.put('things', 'one', 'b', { ifVersion: 1 })).to.equal(true);
    expect(await store.get('things', 'one')).to.include({ value: 'b', version: 2 });
  });

  it('lets exactly one of several win a version', async () => {
    const wins = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put('things', 'one', index, { ifVersion: 0 })),
    );
    expect(wins.filter(Boolean)).to.have.length(1);
    expect(await store.get('things', 'one')).to.include({ version: 1, value: wins.indexOf(true) });
  });

  it('gives out nothing that has expired, and takes the place for free', async () => {
    await store.put('things', 'past', 1, { expiresAt: Date.now() - 1 });
    await store.put('things', 'soon', 1, { expiresAt: Date.now() + 100 });
    await store.put('things', 'later', 1, { expiresAt: LATER });
    expect(await store.get('things', 'past')).to.equal(undefined);
    await waitUntil('the entry to expire', async () => (await store.get('things', 'soon')) === undefined, 10_000);
    expect(await keysOf({ limit: 10 })).to.deep.equal(['later']);
    expect(await store.put('things', 'soon', 2, { ifVersion: 0, expiresAt: LATER })).to.equal(true);
    expect(await store.get('things', 'soon')).to.include({ version: 1, value: 2 });
  });

  it('lists the newest first, also of one millisecond, up to the limit', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await store.put('things', key, key);
    await store.put('things', 'b', 'again');
    expect(await keysOf({ limit: 10 })).to.deep.equal(['b', 'd', 'c', 'a']);
    expect(await keysOf({ limit: 2 })).to.deep.equal(['b', 'd']);
    expect(await keysOf({ limit: 0 })).to.deep.equal([]);
  });

  it('writes several values with times of their own, and lists between times', async () => {
    if (!store.putAll) throw new Error('every store here can');
    await store.put('things', 'two', 'old');
    await store.putAll([
      { collection: 'things', key: 'two', value: 2, storedAt: 2_000, expiresAt: LATER },
      { collection: 'things', key: 'one', value: 1, storedAt: 1_000.5 },
      { collection: 'things', key: 'three', value: 3, storedAt: 3_000 },
      { collection: 'others', key: 'four', value: 4 },
    ]);
    expect(await keysOf({ limit: 10 })).to.deep.equal(['three', 'two', 'one']);
    expect(await keysOf({ limit: 10, storedBefore: 3_000 })).to.deep.equal(['two', 'one']);
    expect(await keysOf({ limit: 10, storedFrom: 2_000 })).to.deep.equal(['three', 'two']);
    expect(await store.get('things', 'two')).to.include({ value: 2, version: 2, storedAt: 2_000, expiresAt: LATER });
    expect(await store.get('others', 'four')).to.include({ version: 1 });
  });

  it('writes nothing of several when one cannot be written', async () => {
    const writes = [1, undefined].map((value, index) => ({ collection: 'things', key: `${index}`, value }));
    const refused = await store.putAll?.(writes).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
    expect(await store.list('things', { limit: 10 })).to.deep.equal([]);
  });

  it('lists what begins with a text, which is no pattern', async () => {
    for (const key of ['req_a1', 'req_a2', 'req_b', 'reqXa3', 'req%']) await store.put('things', key, 1);
    expect(await keysOf({ limit: 10, keyPrefix: 'req_a' })).to.deep.equal(['req_a2', 'req_a1']);
    expect(await keysOf({ limit: 1, keyPrefix: 'req_' })).to.deep.equal(['req_b']);
    expect(await keysOf({ limit: 10, keyPrefix: 'req%' })).to.deep.equal(['req%']);
  });

  it('does nothing any more once it is closed', async () => {
    await store.put('things', 'one', 1);
    await Promise.all([store.close(), store.close()]);
    for (const call of [
      () => store.get('things', 'one'),
      () => store.put('things', 'one', 2),
      () => store.list('things', { limit: 1 }),
    ]) {
      expect(await call().catch((error: unknown) => error)).to.have.property('code', 'state-closed');
    }
  });
}
