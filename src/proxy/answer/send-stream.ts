import type { ServerResponse } from 'node:http';
import type { Output } from './pump.ts';

/** How long a client may take nothing before it is given up, in milliseconds. */
const STALLED_MS = 600_000;

/**
 * Writes a stream piece by piece, and asks for the next piece only when the client has taken the ones before. `endWith` is
 * what a stream ends with that throws. Never rejects: a client that goes away or stalls just ends it.
 */
export async function sendStream(
  response: ServerResponse,
  first: Output | undefined,
  pieces: AsyncGenerator<Output>,
  endWith: (error: unknown) => string,
): Promise<void> {
  try {
    let piece = first;
    while (piece !== undefined && !response.destroyed) {
      if (!response.write(piece) && !(await isTaken(response))) break;
      const next = await pieces.next();
      piece = next.done === true ? undefined : next.value;
    }
  } catch (error) {
    if (!response.destroyed) response.write(endWith(error));
  } finally {
    // Nobody else ends it.
    try {
      await pieces.return(undefined);
    } finally {
      response.end();
    }
  }
}

/** Waits until what was written has been taken. False when the client went away or took nothing for too long. */
function isTaken(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), STALLED_MS);
    const taken = (): void => end(true);
    const gone = (): void => end(false);
    const end = (isTakenNow: boolean): void => {
      clearTimeout(timer);
      response.off('drain', taken).off('close', gone);
      if (!isTakenNow) response.destroy();
      resolve(isTakenNow);
    };
    response.once('drain', taken).once('close', gone);
  });
}
