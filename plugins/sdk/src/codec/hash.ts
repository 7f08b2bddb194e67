/** 53 bits of a part of a string (cyrb53): not secret, only well spread and the same on every machine. */
function hash53(text: string, seed: number, start = 0, end = text.length): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let position = start; position < end; position += 1) {
    const unit = text.charCodeAt(position);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/**
 * A stable name for a string, or for its part from `start` up to `end`: exactly `length` characters of `0-9a-z`. The name
 * of a part is that of the same text standing alone. Long parts should not be cut out first, because reading a string
 * that was cut out of another takes twice as long.
 */
export function shortHash(text: string, length: number, start = 0, end = text.length): string {
  let result = '';
  for (let seed = 0; result.length < length; seed += 1) {
    // The leading digits of a 53-bit number are poorly spread in base 36, so only the last nine are used.
    result += hash53(text, seed, start, end).toString(36).padStart(11, '0').slice(-9);
  }
  return result.slice(0, length);
}

/** A stable name for a string: 8 characters of `0-9a-f`. */
export function hexHash(text: string): string {
  return (hash53(text, 0) >>> 0).toString(16).padStart(8, '0');
}
