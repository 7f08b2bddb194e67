import { expect } from 'chai';
import fc from 'fast-check';
import { ItemLookup } from '../../src/answer/item-lookup.ts';

interface Item {
  readonly type: string;
  callId: string;
  gone: boolean;
}

const type = fc.constantFrom('a', 'b');
const callId = fc.constantFrom('', 'x', 'y');
const step = fc.record({ kind: fc.constantFrom('add', 'find', 'find', 'end'), type, callId, place: fc.nat(8) });

describe('looking for the item of an event', () => {
  it('finds the last one that fits and is still there', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const items: Item[] = [];
        const lookup = new ItemLookup<Item>(({ gone }) => gone);
        for (const one of steps) {
          if (one.kind === 'add') {
            items.push({ type: one.type, callId: one.callId, gone: false });
            lookup.add(items.at(-1) as Item);
          } else if (one.kind === 'end') {
            for (const item of items.slice(one.place, one.place + 1)) item.gone = true;
          } else if (one.kind === 'find') {
            const fits = ({ callId: known }: Item) => one.callId === '' || known === '' || known === one.callId;
            const expected = items.findLast((item) => !item.gone && item.type === one.type && fits(item));
            expect(lookup.last(one.type, one.callId)).to.equal(expected);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds an item by a call id that became known later, and under no other', () => {
    const lookup = new ItemLookup<Item>(({ gone }) => gone);
    const item: Item = { type: 'a', callId: '', gone: false };
    lookup.add(item);
    item.callId = 'x';
    lookup.name(item);
    expect([lookup.last('a', 'x'), lookup.last('a', 'y'), lookup.last('a', '')]).to.deep.equal([item, undefined, item]);
  });

  it('looks at each item a few times at most', () => {
    let looks = 0;
    const lookup = new ItemLookup<Item>(({ gone }) => {
      looks += 1;
      return gone;
    });
    const items = Array.from({ length: 1_000 }, (_, index) => ({ type: 'a', callId: `${index}`, gone: false }));
    for (const item of items) lookup.add(item);
    for (let index = 0; index < 1_000; index += 1) lookup.last('a', `other${index}`);
    for (const item of items) item.gone = true;
    for (let index = 0; index < 1_000; index += 1) lookup.last('a', '');
    expect(looks).to.be.at.most(3_000);
  });
});
