import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import { ReasoningDetails } from '../../src/answer/reasoning-details.ts';

const TEXT = { type: 'reasoning.text', index: 0 };
const ENCRYPTED = { type: 'reasoning.encrypted', index: 0, data: 'x' };

/** What is sealed after these lists, one for each event. */
function joined(shown: number, ...lists: JsonObject[][]): { details: JsonObject[]; lengths?: (number | null)[] } {
  const details = new ReasoningDetails();
  for (const list of lists) details.add(list);
  return details.toState(shown);
}

describe('joining reasoning details', () => {
  it('joins pieces of the same index, type, id and format', () => {
    const entry = { ...TEXT, id: 'r', format: 'f' };
    expect(joined(2, [{ ...entry, text: 'a' }], [{ ...entry, text: 'b' }])).to.deep.equal({
      details: [entry],
      lengths: [2],
    });
    const others: JsonObject[] = [
      { index: 1 },
      { type: 'reasoning.summary', summary: 'b' },
      { id: 's' },
      { format: 'g' },
    ];
    for (const other of others)
      expect(joined(2, [{ ...entry, text: 'a' }], [{ ...entry, text: 'b', ...other }]).details).to.have.lengthOf(2);
  });

  it('takes an absent field for null', () => {
    expect(joined(2, [{ ...TEXT, id: null, text: 'a' }], [{ ...TEXT, text: 'b' }])).to.deep.equal({
      details: [{ ...TEXT, id: null }],
      lengths: [2],
    });
  });

  it('leaves entries of one event apart', () => {
    const entries = [
      { ...TEXT, text: 'a' },
      { ...TEXT, text: 'b' },
    ];
    expect(joined(2, entries)).to.deep.equal({ details: [TEXT, TEXT], lengths: [1, 1] });
  });

  it('begins anew after a signature', () => {
    const lists: JsonObject[][] = [
      [{ ...TEXT, text: 'a' }],
      [{ ...TEXT, signature: 's' }],
      [{ ...TEXT, signature: 's' }],
      [{ ...TEXT, text: 'b' }],
      [{ ...TEXT, signature: 't' }],
    ];
    expect(joined(2, ...lists)).to.deep.equal({
      details: [
        { ...TEXT, signature: 's' },
        { ...TEXT, signature: 't' },
      ],
      lengths: [1, 1],
    });
  });

  it('never joins encrypted data, and takes it once', () => {
    const other = { ...ENCRYPTED, data: 'y' };
    expect(joined(0, [ENCRYPTED], [ENCRYPTED], [other], [ENCRYPTED])).to.deep.equal({ details: [ENCRYPTED, other] });
  });

  it('keeps what it does not know, and fields that come later', () => {
    const unknown = { type: 'reasoning.new', index: 2, value: { a: [1] } };
    expect(joined(1, [{ ...TEXT, text: 'a' }, unknown], [{ ...TEXT, provider: 'p', id: '' }])).to.deep.equal({
      details: [{ ...TEXT, provider: 'p' }, unknown],
      lengths: [1, null],
    });
  });

  it('does not change the entries it was given', () => {
    const given = { ...TEXT, text: 'a' };
    joined(1, [given], [{ ...TEXT, signature: 's' }]);
    expect(given).to.deep.equal({ ...TEXT, text: 'a' });
  });

  it('passes over what is no entry', () => {
    expect(joined(0, [null, 7, 'x', []] as never)).to.deep.equal({ details: [] });
  });

  it('keeps a field of the provider that is called length', () => {
    const entry = { ...TEXT, length: 7 };
    expect(joined(3, [{ ...entry, text: 'abc' }])).to.deep.equal({ details: [entry], lengths: [3] });
  });

  it('joins a piece to its entry although many others came between', () => {
    const others = Array.from({ length: 20 }, (_value, index) => [{ ...TEXT, id: `r${index}`, text: 'x' }]);
    const { details } = joined(0, [{ ...TEXT, text: 'a' }], ...others, [{ ...TEXT, text: 'b' }]);
    expect(details).to.have.lengthOf(21);
    expect(details[0]).to.include({ text: 'ab' });
  });

  it('begins an entry of its own for text behind a signed one of the same kind', () => {
    const { details } = joined(
      0,
      [
        { ...TEXT, text: 'a' },
        { ...TEXT, signature: 's' },
      ],
      [{ ...TEXT, text: 'b' }],
    );
    expect(details).to.have.lengthOf(3);
  });

  it('reads many entries and many signatures without looking through all of them', function () {
    this.timeout(5000);
    const details = new ReasoningDetails();
    const count = 20_000;
    for (let index = 0; index < count; index += 1) {
      details.add([{ ...TEXT, id: `r${index}`, text: 'x' }]);
      details.add([{ ...TEXT, signature: `s${index}` }]);
    }
    expect(details.toEntries()).to.have.lengthOf(2 * count);
  });
});
