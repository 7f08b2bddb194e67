import { expect } from 'chai';
import fc from 'fast-check';
import { WireCallIds } from '@claudex/sdk/codec';

describe('ids of calls as the provider sees them', () => {
  it('are the client’s own where they fit', () => {
    expect(new WireCallIds().issue('toolu_01')).to.equal('toolu_01');
    expect(new WireCallIds(9).issue('abc123DEF')).to.equal('abc123DEF');
  });

  it('have exactly nine letters and digits where nine is the limit', () => {
    for (const id of ['toolu_01', 'a', 'abc_23DEF', 'x'.repeat(64)])
      expect(new WireCallIds(9).issue(id)).to.match(/^[a-zA-Z0-9]{9}$/);
  });

  it('differ where a conversation uses one id very often', () => {
    // Deriving every id anew would take minutes.
    const count = 40_000;
    for (const max of [24, 64]) {
      const ids = new WireCallIds(max);
      expect(new Set(Array.from({ length: count }, () => ids.issue('call_0'))).size).to.equal(count);
    }
  });

  it('are legal, short enough, different and the same in every run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 90 }), { maxLength: 12 }),
        fc.constantFrom(9, 24, 40, 64),
        (all, max) => {
          const issue = (): string[] => {
            const ids = new WireCallIds(max);
            return all.map((id) => ids.issue(id));
          };
          const issued = issue();
          expect(new Set(issued).size).to.equal(all.length);
          for (const id of issued)
            expect(id)
              .to.match(/^[a-zA-Z0-9_-]+$/)
              .and.to.have.property('length')
              .that.is.at.most(max);
          expect(issue()).to.deep.equal(issued);
        },
      ),
    );
  });
});
