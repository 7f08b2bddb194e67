import { PING_TEXT } from './sse-text.ts';

/** What {@link Silence.race} gives when the client has heard nothing for too long. */
export const SILENT = Symbol('silent');

/**
 * Watches how long the client has heard nothing, whatever the provider may be sending meanwhile: comments and
 * pieces that are still held back are silence to the client.
 */
export class Silence {
  readonly #timer: NodeJS.Timeout | undefined;
  #elapsed = false;
  #wake: (() => void) | undefined;

  /** `limitMs` 0 never ends a wait. */
  constructor(limitMs: number) {
    if (limitMs === 0) return;
    // One timer for the whole answer: refreshing is cheaper than making one per piece.
    this.#timer = setTimeout(() => {
      this.#elapsed = true;
      this.#wake?.();
    }, limitMs);
  }

  /** The client has been given something: the time starts anew. */
  broken(): void {
    this.#elapsed = false;
    this.#timer?.refresh();
  }

  /** The value of `wanted`, or {@link SILENT} when the limit comes first. `wanted` may be raced again. */
  async race<Value>(wanted: Promise<Value>): Promise<Value | typeof SILENT> {
    if (!this.#timer) return wanted;
    if (this.#elapsed) return SILENT;
    const silent = new Promise<typeof SILENT>((resolve) => {
      this.#wake = () => resolve(SILENT);
    });
    return Promise.race([wanted, silent]);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#wake = undefined;
  }
}

/** The value of `wanted`, with pings for the client while it takes long. */
export async function* whileWaiting<Value>(silence: Silence, wanted: Promise<Value>): AsyncGenerator<string, Value> {
  // It may fail just while a ping is being written, when nobody looks.
  wanted.catch(() => undefined);
  for (;;) {
    const step = await silence.race(wanted);
    if (step !== SILENT) return step;
    yield PING_TEXT;
    silence.broken();
  }
}
