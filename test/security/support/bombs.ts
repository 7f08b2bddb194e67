import { Readable, type Transform } from 'node:stream';
import { createBrotliCompress, createGzip, createZstdCompress, constants } from 'node:zlib';

/** Encodings of bodies that unpack to far more than what is sent. */
export const BOMBS: { readonly [encoding: string]: () => Transform } = {
  gzip: () => createGzip(),
  // The best quality takes minutes for this, and packs hardly better.
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: () => createZstdCompress(),
};

/** Packs a beginning and then `count` times the same text, without ever having all of it. */
export async function packed(make: () => Transform, beginning: string, text: string, count: number): Promise<Buffer> {
  function* pieces(): Generator<string> {
    yield beginning;
    for (let n = 0; n < count; n += 1) yield text;
  }
  const bytes = await Readable.from(pieces(), { objectMode: false }).pipe(make()).toArray();
  return Buffer.concat(bytes as Buffer[]);
}
