import { holds, isValue, occurrences, valuesOf } from './json-bytes.ts';

/** Starts of values and names that occur in what other providers wrote: envelopes of state, server tools, citations. */
const SIGNS = ['"claudex.', '"server_tool_use"', '"encrypted_index"'];

/**
 * Whether a list of messages may hold blocks of another provider, judged by its bytes: nearly all are clean. `signed`:
 * reasoning without a signature counts as foreign, too.
 */
export function mayHoldForeignBlocks(messages: Buffer, signed: boolean): boolean {
  if (SIGNS.some((sign) => holds(messages, sign))) return true;
  return signed && mayHoldUnsignedReasoning(messages);
}

/** Clients write an empty signature where there was none, or leave it out. */
function mayHoldUnsignedReasoning(messages: Buffer): boolean {
  let signatures = 0;
  for (const signature of valuesOf(messages, '"signature"')) {
    if (signature === '') return true;
    signatures += 1;
  }
  let blocks = 0;
  for (const at of occurrences(messages, '"thinking"')) if (isValue(messages, at)) blocks += 1;
  return blocks > signatures;
}
