import type { Quirks } from '@claudex/sdk';
import { holds, holdsValue, valuesOf } from './json-bytes.ts';

/** What every provider of the protocol takes as the id of a call. */
const LEGAL_ID = /^[a-zA-Z0-9_-]+$/;

/**
 * Whether a list of messages may hold what the quirks say that the provider does not take, judged by its bytes: pictures,
 * documents, calls of server tools, system messages, and ids that others have minted.
 */
export function mayHoldUnfitBlocks(messages: Buffer, quirks: Quirks): boolean {
  if (quirks.images === false && holdsValue(messages, '"image"')) return true;
  if (quirks.documents === 'none' && holdsValue(messages, '"document"')) return true;
  if (quirks.serverTools === false && holds(messages, '"mcp_tool_use"')) return true;
  return isWrittenAnew(messages, quirks);
}

/** The same for what is no loss, so that nothing else tells that the list was changed. */
export function isWrittenAnew(messages: Buffer, quirks: Quirks): boolean {
  if (quirks.midConversationSystem === 'user' && holdsValue(messages, '"system"')) return true;
  const { signedThinking, toolCallIdMaxLength: most } = quirks;
  if (signedThinking !== true && most === undefined) return false;
  for (const id of valuesOf(messages, '"tool_use_id"'))
    if (!LEGAL_ID.test(id) || id.length > (most ?? Infinity)) return true;
  return false;
}
