import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import { ReasoningDetails } from '../../src/answer/reasoning-details.ts';

const TEXT = { type: 'reasoning.text', index: 0 };
const ENCRYPTED = { type: 'reasoning.encrypted', index: 0, data: 'x' };

/** The entries after these lists, one for each event. */
function joined(shown: number, ...lists: JsonObject[][]): JsonObject[] {
  const details = new ReasoningDetails();
  for (const list of lists) details.add(list);
  return details.toState(shown);
}

describe('joining reasoning details', () => {
  it('joins pieces of the same index, type, id and format', () => {
    const entry = { ...TEXT, id: 'r', format: 'f' };
    expect(joined(2, [{ ...entry, text: 'a' }], [{ ...entry, text: 'b' }])).to.deep.equal([{ ...entry, length: 2 }]);
    const others: JsonObject[] = [
      { index: 1 },
      { type: 'reasoning.summary', summary: 'b' },
      { id: 's' },
      { format: 'g' },
    ];
    for (const other of others)
      expect(joined(2, [{ ...entry, text: 'a' }], [{ ...entry, text: 'b', ...other }])).to.have.lengthOf(2);
  });

  it('takes an absent field for null', () => {
    expect(joined(2, [{ ...TEXT, id: null, text: 'a' }], [{ ...TEXT, text: 'b' }])).to.deep.equal([
      { ...TEXT, id: null, length: 2 },
    ]);
  });

  it('leaves entries of one event apart', () => {
    const entries = [
      { ...TEXT, text: 'a' },
      { ...TEXT, text: 'b' },
    ];
    expect(joined(2, entries)).to.deep.equal([
      { ...TEXT, length: 1 },
      { ...TEXT, length: 1 },
    ]);
  });

  it('begins anew after a signature', () => {
    const lists: JsonObject[][] = [
      [{ ...TEXT, text: 'a' }],
      [{ ...TEXT, signature: 's' }],
      [{ ...TEXT, signature: 's' }],
      [{ ...TEXT, text: 'b' }],
      [{ ...TEXT, signature: 't' }],
    ];
    expect(joined(2, ...lists)).to.deep.equal([
      { ...TEXT, signature: 's', length: 1 },
      { ...TEXT, signature: 't', length: 1 },
    ]);
  });

  it('never joins encrypted data, and takes it once', () => {
    expect(joined(0, [ENCRYPTED], [ENCRYPTED], [{ ...ENCRYPTED, data: 'y' }])).to.deep.equal([
      ENCRYPTED,
      { ...ENCRYPTED, data: 'y' },
    ]);
  });

  it('keeps what it does not know, and fields that come later', () => {
    const unknown = { type: 'reasoning.new', index: 2, value: { a: [1] } };
    expect(joined(1, [{ ...TEXT, text: 'a' }, unknown], [{ ...TEXT, provider: 'p', id: '' }])).to.deep.equal([
      { ...TEXT, provider: 'p', length: 1 },
      unknown,
    ]);
  });

  it('does not change the entries it was given', () => {
    const given = { ...TEXT, text: 'a' };
    joined(1, [given], [{ ...TEXT, signature: 's' }]);
    expect(given).to.deep.equal({ ...TEXT, text: 'a' });
  });

  it('passes over what is no entry', () => {
    expect(joined(0, [null, 7, 'x', []] as never)).to.deep.equal([]);
  });
});
