import { seededRandom } from './seeded-random.ts';

/** The source in two pieces, once for every byte position, the two ends included. Text is cut as UTF-8. */
export function* splitEverywhere(source: string | Uint8Array): Generator<[Uint8Array, Uint8Array]> {
  const bytes = bytesOf(source);
  for (let position = 0; position <= bytes.length; position += 1) {
    yield [bytes.subarray(0, position), bytes.subarray(position)];
  }
}

/** The source as one piece per byte. */
export function singleBytes(source: string | Uint8Array): Uint8Array[] {
  const bytes = bytesOf(source);
  return Array.from(bytes, (_byte, position) => bytes.subarray(position, position + 1));
}

/** The source in pieces of 1 to `longest` bytes, the same for the same seed. */
export function randomChunks(source: string | Uint8Array, seed: number, longest = 64): Uint8Array[] {
  const bytes = bytesOf(source);
  const random = seededRandom(seed);
  const chunks: Uint8Array[] = [];
  let position = 0;
  while (position < bytes.length) {
    const length = 1 + Math.floor(random() * longest);
    chunks.push(bytes.subarray(position, position + length));
    position += length;
  }
  return chunks;
}

function bytesOf(source: string | Uint8Array): Uint8Array {
  return typeof source === 'string' ? new TextEncoder().encode(source) : source;
}
