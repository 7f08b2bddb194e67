import { expect } from 'chai';
import fc from 'fast-check';
import { ClientCallIds } from '@claudex/sdk/codec';
import { assistant, call, contextOf } from '@claudex/sdk/testing';

describe('ids of calls as the client sees them', () => {
  const idsAfter = (...used: string[]): ClientCallIds =>
    new ClientCallIds(contextOf({ messages: [assistant(...used.map((id) => call(id)))] }));

  it('are the provider’s own where they can be shown', () => {
    expect(idsAfter().issue('call_9fZ-1')).to.equal('call_9fZ-1');
  });

  it('are derived where a character is illegal or the id is too long', () => {
    expect(idsAfter().issue('functions.Read:0')).to.equal('functions_Read_0');
    expect(idsAfter().issue(`call.${'x'.repeat(80)}`))
      .to.match(/^call_x+_[0-9a-z]{16}$/)
      .and.to.have.lengthOf(64);
  });

  it('never repeat one of the conversation or of the answer', () => {
    const ids = idsAfter('0', 'functions_Read_0');
    expect(ids.issue('0')).to.equal('0_2');
    expect(ids.issue('0')).to.equal('0_3');
    expect(ids.issue('functions.Read:0')).to.equal('functions_Read_0_2');
  });

  it('are made up only where the provider gave none', () => {
    expect(idsAfter().issue('')).to.equal('toolu_new1');
  });

  it('differ where an answer uses one id, or many with one beginning, very often', () => {
    // Trying every number anew would take minutes.
    const count = 100_000;
    const ids = idsAfter('a');
    const long = 'x'.repeat(62);
    const issued = Array.from({ length: count }, (_, index) =>
      ids.issue(index % 2 === 0 ? 'a' : `${long}${index % 5}`),
    );
    expect(new Set(issued).size).to.equal(count);
    expect(issued.slice(0, 3)).to.deep.equal(['a_2', `${long}1`, 'a_3']);
  });

  it('are legal and different whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 90, minLength: 1 }), { maxLength: 12 }), (all) => {
        const ids = idsAfter('a', '0');
        const issued = all.map((id) => ids.issue(id));
        expect(new Set(['a', '0', ...issued]).size).to.equal(all.length + 2);
        for (const id of issued) expect(id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
      }),
    );
  });
});
