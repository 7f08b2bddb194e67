import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { isNestedTooDeep } from '@claudex/sdk/codec';
import { parse } from 'secure-json-parse';
import { RequestError } from './request-error.ts';

/**
 * Parses bytes into a JSON object without letting `__proto__` in. `undefined` when they are anything else, or nested
 * deeper than anything that could be written again.
 */
export function parseJsonObject(bytes: Buffer | string): JsonObject | undefined {
  try {
    const text = typeof bytes === 'string' ? bytes : bytes.toString('utf8');
    const value: unknown = parse(text, undefined, { protoAction: 'remove', constructorAction: 'ignore' });
    return isJsonObject(value) && !isNestedTooDeep(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The refusal of a body that {@link parseJsonObject} does not take. */
export function notJson(): RequestError {
  return new RequestError(400, 'invalid_request_error', 'the body is not a JSON object, or nested too deeply');
}
