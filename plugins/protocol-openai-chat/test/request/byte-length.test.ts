import { expect } from 'chai';
import fc from 'fast-check';
import { byteLength } from '../../src/request/byte-length.ts';

describe('the length of a text in bytes', () => {
  it('is that of its UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteLength(text)).to.equal(Buffer.byteLength(text));
      }),
    );
    expect(byteLength('aé€😀\ud800')).to.equal(13);
  });
});
