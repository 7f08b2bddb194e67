import { expect } from 'chai';
import { DetailSnapshots } from '../../src/answer/detail-snapshots.ts';

const TEXT = { type: 'reasoning.text', index: 0 };
const SUMMARY = { type: 'reasoning.summary', index: 1 };

describe('lists of reasoning details that repeat everything so far', () => {
  it('give only what is new', () => {
    const snapshots = new DetailSnapshots();
    expect(snapshots.news([{ ...TEXT, text: 'a' }])).to.deep.equal([{ ...TEXT, text: 'a' }]);
    expect(snapshots.news([{ ...TEXT, text: 'ab' }])).to.deep.equal([{ ...TEXT, text: 'b' }]);
    expect(snapshots.news([{ ...TEXT, text: 'ab' }])).to.deep.equal([]);
    const grown = [
      { ...TEXT, text: 'ab' },
      { ...SUMMARY, summary: 'c' },
    ];
    expect(snapshots.news(grown)).to.deep.equal([{ ...SUMMARY, summary: 'c' }]);
    expect(snapshots.news([grown[0] ?? {}, { ...SUMMARY, summary: 'cd' }])).to.deep.equal([
      { ...SUMMARY, summary: 'd' },
    ]);
  });

  it('give a signature that is added to a text', () => {
    const snapshots = new DetailSnapshots();
    snapshots.news([{ ...TEXT, text: 'a' }]);
    const signed = { ...TEXT, text: 'a', signature: 's' };
    expect(snapshots.news([signed])).to.deep.equal([{ ...signed, text: '' }]);
    expect(snapshots.news([signed])).to.deep.equal([]);
  });

  it('give encrypted entries as they are, once', () => {
    const snapshots = new DetailSnapshots();
    const entry = { type: 'reasoning.encrypted', index: 0, data: 'x' };
    expect(snapshots.news([entry])).to.deep.equal([entry]);
    expect(snapshots.news([entry])).to.deep.equal([]);
    expect(snapshots.news([{ ...entry, data: 'y' }])).to.deep.equal([{ ...entry, data: 'y' }]);
  });

  it('are no repetition where the text does not go on', () => {
    const snapshots = new DetailSnapshots();
    snapshots.news([{ ...TEXT, text: 'Let' }]);
    expect(snapshots.news([{ ...TEXT, text: ' me' }, null])).to.deep.equal([{ ...TEXT, text: ' me' }]);
  });
});
