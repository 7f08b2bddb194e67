import { setTimeout as wait } from 'node:timers/promises';
import type { Step } from './call.ts';

/** Sends bytes, and waits until the kernel has taken them or the connection is gone. */
export function send(bytes: string | Uint8Array): Step {
  return async ({ socket, gone }) => {
    if (socket.destroyed) return;
    const taken = new Promise<void>((resolve) => {
      socket.write(bytes, () => resolve());
    });
    await Promise.race([taken, gone]);
  };
}

/** Sends every byte in a segment of its own. */
export function dribble(bytes: string | Uint8Array, gapMs = 0): Step {
  return async (call) => {
    call.socket.setNoDelay(true);
    for (const byte of Buffer.from(bytes)) {
      if (call.socket.destroyed) return;
      await send(Uint8Array.of(byte))(call);
      await wait(gapMs);
    }
  };
}

/** Does nothing for so long, or until the connection is gone. */
export function pause(milliseconds: number): Step {
  return async ({ gone }) => {
    await Promise.race([wait(milliseconds), gone]);
  };
}

/** Does nothing until this settles or the connection is gone. */
export function until(event: Promise<unknown>): Step {
  return async ({ gone }) => {
    await Promise.race([event, gone]);
  };
}

/** Says nothing more and keeps the connection. */
export const stall: Step = ({ gone }) => gone;

/** A reset overtakes bytes that the other side has not read yet: time for that, in milliseconds. */
const READING_MS = 100;

/** Ends the connection with a reset, once what was sent has been read. */
export const reset: Step = async ({ socket }) => {
  await wait(READING_MS);
  socket.resetAndDestroy();
};

/** Ends the connection in an orderly way. */
export const finish: Step = ({ socket }) => void socket.end();
