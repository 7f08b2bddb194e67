import type { JsonObject } from './json.ts';

const MARK = Symbol.for('claudex.error.invalid-request');

/** A client's request that makes no sense. Recognised by its mark, so that copies of this package agree. */
export interface InvalidRequest extends Error {
  /** Path of the offending field, e.g. `messages[0].role`. */
  readonly path: string;
  /** What the error envelope carries beside type and message, for clients that act on it. */
  readonly details?: JsonObject;
}

/** Makes an {@link InvalidRequest}: throw it from {@link ClientCodec.decodeRequest}. */
export function invalidRequest(path: string, problem: string, details?: JsonObject): InvalidRequest {
  const error = Object.assign(new Error(`${path}: ${problem}`), { path, [MARK]: true as const });
  return details === undefined ? error : Object.assign(error, { details });
}

/** Whether a thrown value is an {@link InvalidRequest}, also one made by another copy of this package. */
export function isInvalidRequest(value: unknown): value is InvalidRequest {
  return typeof value === 'object' && value !== null && (value as { [MARK]?: unknown })[MARK] === true;
}
