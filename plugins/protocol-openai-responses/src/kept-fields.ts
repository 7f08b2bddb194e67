import type { JsonObject } from '@claudex/sdk';

/*
 * Which fields of an item the provider gets back beside those that are written anyway. Asked when an item is sealed, and
 * once more when it is opened: the client has held the state since, and an id that no provider gave must not reach one.
 */

/** Fields of a reasoning item that have a place of their own, or must not go back. */
const REASONING_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'type',
  'status',
  'summary',
  'content',
  'encrypted_content',
]);

/** Fields of a call that the provider wants back and the client cannot hold. */
const CALL_FIELDS: ReadonlySet<string> = new Set(['namespace', 'caller']);

/** The fields of a reasoning item that are kept as they came. */
export function keptOfReasoning(item: object): JsonObject {
  return kept(item, (field) => !REASONING_FIELDS.has(field));
}

/** The fields of a call that are kept as they came. */
export function keptOfCall(item: object): JsonObject {
  return kept(item, (field) => CALL_FIELDS.has(field));
}

/** The fields of a compaction that are kept as they came. */
export function keptOfCompaction(item: object): JsonObject {
  return kept(item, (field) => field !== 'id' && field !== 'status');
}

function kept(item: object, isKept: (field: string) => boolean): JsonObject {
  const fields = Object.entries(item).filter(
    ([field, value]) => isKept(field) && value !== undefined && value !== null,
  );
  return Object.fromEntries(fields);
}
