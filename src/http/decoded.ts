import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { systemCodeOf } from '../errors/index.ts';
import { UpstreamError } from './upstream-client.ts';

/** Decoded bytes up to which any ratio is fine. */
const FREE_BYTES = 1024 * 1024;
/** Most decoded bytes for each byte on the wire. Text that a model wrote stays below 20. */
const MOST_RATIO = 100;

type MakeDecoder = (firstByte: number) => Transform;

const DECODERS: { readonly [encoding: string]: MakeDecoder } = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Half of the world sends the format of zlib under this name, as it should, and half sends the bare one.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/**
 * The body without its `content-encoding`. We ask for none, and some send one anyway. Reading throws an
 * {@link UpstreamError} for a body that is cut, is not what its header says, or grows out of all proportion.
 */
export function decoded(
  encoding: string | undefined,
  body: AsyncIterable<Uint8Array>,
  address: URL,
): AsyncIterable<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const makeDecoder = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (makeDecoder) return decode(makeDecoder, body, `${address.origin}: the ${name} body`);
  // Neither secret nor endless, but not ours to repeat.
  throw new UpstreamError(
    'protocol',
    `${address.origin} sent a content-encoding that nobody asked for and we do not know`,
  );
}

async function* decode(
  makeDecoder: MakeDecoder,
  body: AsyncIterable<Uint8Array>,
  what: string,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  const pieces = body[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) throw new UpstreamError('protocol', `${what} is cut`);
  const decoder = makeDecoder(first.value[0] ?? 0);
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for (let step: IteratorResult<Uint8Array> = first; step.done !== true; step = await pieces.next()) {
        taken += step.value.byteLength;
        yield step.value;
      }
    } finally {
      await pieces.return?.();
    }
  }
  try {
    // Each tells the other when it fails or is given up; whoever reads the decoder hears of both.
    pipeline(Readable.from(counted()), decoder, () => undefined);
    for await (const piece of decoder as AsyncIterable<Buffer>) {
      given += piece.byteLength;
      if (given > FREE_BYTES && given > taken * MOST_RATIO)
        throw new UpstreamError('protocol', `${what} grows to more than ${MOST_RATIO} times its size`);
      yield piece;
    }
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const why = systemCodeOf(error);
    throw new UpstreamError('protocol', `${what} is cut or damaged (${why})`);
  }
}
