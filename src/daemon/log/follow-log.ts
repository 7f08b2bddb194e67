import type { FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBlock } from './lines-backward.ts';
import { openLogToRead } from './log-file.ts';
import { fileNamed, isSameFile } from './rotate.ts';

const POLL_MS = 200;

/** Where following begins: an open file, which is closed here, and a position in it. */
export interface FollowStart {
  readonly handle: FileHandle | undefined;
  readonly position: number;
}

/**
 * Lines as they are written to the log, several at a time, until the signal. A file that is moved away is read to its end
 * before the new one; one that does not exist yet is waited for.
 */
export async function* followLog(
  file: string,
  start: FollowStart,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  let { handle, position } = start;
  let lines = new LineCutter();
  try {
    while (!signal.aborted) {
      // Looked at before reading, so that what was written until it was moved away is read below.
      const isMoved = handle !== undefined && !isSameFile(await fileNamed(file), await handle.stat());
      handle ??= await openLogToRead(file);
      const block = handle && (await readBlock(handle, position));
      if (block && block.length > 0) {
        position += block.length;
        const complete = lines.push(block);
        if (complete.length > 0) yield complete;
      } else if (isMoved) {
        await handle?.close();
        handle = undefined;
        position = 0;
        lines = new LineCutter();
      } else await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await handle?.close();
  }
}

/** Puts lines together from blocks that end anywhere. */
class LineCutter {
  readonly #decoder = new StringDecoder('utf8');
  #begun = '';

  push(block: Buffer): string[] {
    const lines = (this.#begun + this.#decoder.write(block)).split('\n');
    this.#begun = lines.pop() ?? '';
    return lines.filter((line) => line !== '');
  }
}
