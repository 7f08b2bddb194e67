import type { Socket } from 'node:net';

/** One request of the proxy as a scripted upstream saw it. */
export interface Call {
  /** Counts the calls of this upstream from 0. */
  readonly n: number;
  /** Counts the connections of this upstream from 0. */
  readonly connection: number;
  /** Milliseconds since the epoch at which the whole request was there. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** The credential, whichever header carried it. */
  readonly key: string | undefined;
  /** Parsed JSON; an empty object when there was none. */
  readonly body: { readonly model?: string; readonly stream?: boolean; readonly [field: string]: unknown };
  readonly socket: Socket;
  /** Milliseconds since the epoch at which the connection was gone; undefined while it is open. */
  readonly closedAt: () => number | undefined;
  /** Settles when the connection is gone. */
  readonly gone: Promise<void>;
}

/** One thing an upstream does in answer to a call. */
export type Step = (call: Call) => void | Promise<void>;

/** Decides what an upstream does with a call. */
export type Script = (call: Call) => readonly Step[];
