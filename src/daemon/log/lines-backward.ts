import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** Lines that end before a position, the last one first, without reading more than is asked for. Empty ones are left out. */
export async function* linesBackward(handle: FileHandle, end: number): AsyncGenerator<string> {
  /** Pieces of the line whose beginning has not been met yet. */
  let begun: Buffer[] = [];
  for (let position = end; position > 0;) {
    const start = Math.max(0, position - BLOCK_BYTES);
    const block = await readBlock(handle, start, position - start);
    let stop = block.length;
    for (let feed = lastFeed(block, stop); feed >= 0; feed = lastFeed(block, stop)) {
      const line = textOf([block.subarray(feed + 1, stop), ...begun]);
      if (line !== '') yield line;
      begun = [];
      stop = feed;
    }
    begun.unshift(block.subarray(0, stop));
    position = start;
  }
  const first = textOf(begun);
  if (first !== '') yield first;
}

/** Where the last line that is complete ends, in bytes. */
export async function endOfLines(handle: FileHandle): Promise<number> {
  for (let position = (await handle.stat()).size; position > 0;) {
    const start = Math.max(0, position - BLOCK_BYTES);
    const block = await readBlock(handle, start, position - start);
    const feed = lastFeed(block, block.length);
    if (feed >= 0) return start + feed + 1;
    position = start;
  }
  return 0;
}

/** Bytes from a position on; fewer than `length` at the end of the file. */
export async function readBlock(handle: FileHandle, position: number, length = BLOCK_BYTES): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.allocUnsafe(length), position, length });
  return buffer.subarray(0, bytesRead);
}

function lastFeed(block: Buffer, before: number): number {
  return before === 0 ? -1 : block.lastIndexOf(LINE_FEED, before - 1);
}

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8');
}
