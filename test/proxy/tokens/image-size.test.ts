import { expect } from 'chai';
import fc from 'fast-check';
import { imageSizeOf } from '../../../src/proxy/tokens/image-size.ts';
import { gif, jpeg, png, webp } from './pictures.ts';

describe('the size of a picture', () => {
  const size = { width: 1_234, height: 567 };

  it('is read from a PNG, a GIF and a JPEG', () => {
    expect(imageSizeOf(png(1_234, 567))).to.deep.equal(size);
    expect(imageSizeOf(gif(1_234, 567))).to.deep.equal(size);
    expect(imageSizeOf(jpeg(1_234, 567))).to.deep.equal(size);
  });

  it('is read from all three kinds of WebP', () => {
    for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const)
      expect(imageSizeOf(webp(kind, 1_234, 567)), kind).to.deep.equal(size);
  });

  it('is found behind what a camera writes before it, and not searched for ever', () => {
    expect(imageSizeOf(jpeg(1_234, 567, 60_000))).to.deep.equal(size);
    expect(imageSizeOf(`${jpeg(1, 1, 65_000).slice(0, 80_000)}${'A'.repeat(200_000)}`)).to.equal(undefined);
  });

  it('is unknown where there is none', () => {
    for (const text of [
      '',
      'aGVsbG8gd29ybGQgdGhpcyBpcyBubyBwaWN0dXJl',
      '!?',
      png(0, 5),
      png(5, 0).slice(0, 24),
      '/9j/',
    ])
      expect(imageSizeOf(text), text).to.equal(undefined);
  });

  it('is unknown for a WebP of another kind', () => {
    const other = Buffer.from(webp('VP8 ', 3, 3), 'base64');
    other.write('ALPH', 12, 'latin1');
    expect(imageSizeOf(other.toString('base64'))).to.equal(undefined);
  });

  it('never throws, whatever the bytes are', () => {
    const heads = [png(9, 9), gif(9, 9), jpeg(9, 9), webp('VP8L', 9, 9)].map((text) => Buffer.from(text, 'base64'));
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.nat(40), fc.uint8Array({ maxLength: 60 }), (head, kept, rest) => {
        imageSizeOf(Buffer.concat([head.subarray(0, kept), rest]).toString('base64'));
      }),
    );
  });
});
