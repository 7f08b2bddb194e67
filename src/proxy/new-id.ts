import { randomFillSync } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 24;
const pool = Buffer.alloc(LENGTH * 128);
let used = pool.length;

/** A unique id such as `msg_01…`: the prefix, an underscore and 24 random letters and digits. */
export function newId(prefix: string): string {
  if (used === pool.length) {
    // Random bytes in bulk: one system call for many ids.
    randomFillSync(pool);
    used = 0;
  }
  let id = `${prefix}_`;
  for (const byte of pool.subarray(used, used + LENGTH)) id += LETTERS[byte % LETTERS.length];
  used += LENGTH;
  return id;
}
