import type { WireError } from './wire.ts';

/** A tool call the assistant wants, before it has an id. */
export interface PlannedCall {
  readonly name: string;
  readonly arguments: { readonly [key: string]: unknown };
}

/** What the assistant says, before it is put on the wire. */
export interface Reply {
  readonly reasoning?: string;
  readonly text: string;
  readonly calls: readonly PlannedCall[];
}

/** How a stream breaks off half-way: the body simply ends, or the connection is reset. */
export type Break = 'end' | 'reset';

/** What a scenario makes of a request. */
export type Outcome =
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      /** Pause before each chunk, in milliseconds. */
      readonly pauseMs?: number;
      readonly breaksOff?: Break;
    }
  | {
      readonly kind: 'failure';
      readonly status: number;
      readonly body: WireError;
      readonly headers?: { readonly [name: string]: string };
    }
  | { readonly kind: 'page'; readonly html: string };

/** A reply of nothing but words. */
export function say(text: string): Reply {
  return { text, calls: [] };
}

/** A failure in OpenAI's shape. */
export function failure(
  status: number,
  error: { message: string; type: string; param?: string; code?: string },
  headers: { readonly [name: string]: string } = {},
): Outcome & { kind: 'failure' } {
  const { message, type, param = null, code = null } = error;
  return { kind: 'failure', status, headers, body: { error: { message, type, param, code } } };
}
