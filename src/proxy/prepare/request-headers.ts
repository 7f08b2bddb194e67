import type { CanonicalRequest, CodecContext, ContentBlock, RequestTraits } from '@claudex/sdk';
import type { BoundProfile } from '../../router/index.ts';
import { valuesOf } from './json-bytes.ts';

/** What of a conversation headers can depend on. */
export type ConversationTraits = Pick<RequestTraits, 'hasImages' | 'followsTools'>;

const QUOTED_ROLE = '"role"';
const QUOTED_RESULT = '"tool_result"';
/** The name of a field with its value, with room for white space, in bytes. */
const FIELD_BYTES = 24;

/**
 * The headers of a request for an answer that depend on the request: the name of the session where the provider has a
 * header for it, and what the provider makes of the rest. `look` is called only where that matters.
 */
export function requestHeaders(
  { provider }: BoundProfile,
  { model, session, quirks }: Pick<CodecContext, 'model' | 'session' | 'quirks'>,
  look: () => ConversationTraits,
): { [name: string]: string } {
  const { sessionHeader } = quirks;
  return {
    ...(sessionHeader !== undefined && session !== undefined && { [sessionHeader]: session }),
    ...provider.requestHeaders?.({ model, ...(session !== undefined && { session }), ...look() }),
  };
}

/** Looks through a conversation that was read. */
export function traitsOf({ messages }: Pick<CanonicalRequest, 'messages'>): ConversationTraits {
  const last = messages.findLast(({ role }) => role !== 'system');
  return {
    hasImages: messages.some(({ content }) => content.some(holdsImage)),
    followsTools: last?.content.some(({ type }) => type === 'tool_result') === true,
  };
}

/** Looks through the bytes of a list of messages. Quotes inside a text have a backslash before them, so none is found there. */
export function traitsOfBytes(messages: Buffer): ConversationTraits {
  return {
    hasImages: hasImages(messages),
    followsTools: lastMessage(messages).includes(QUOTED_RESULT),
  };
}

/** What a user or the model said last. No block of a user's message has a field `role`, so each one found is a message's. */
function lastMessage(messages: Buffer): Buffer {
  const isRoleFirst = /^\[\s*\{\s*"role"/.test(messages.toString('latin1', 0, FIELD_BYTES));
  let end = messages.length;
  for (;;) {
    const at = messages.subarray(0, end).lastIndexOf(QUOTED_ROLE);
    if (at < 0) return messages.subarray(0, end);
    const isSystem = /^"role"\s*:\s*"system"/.test(messages.toString('latin1', at, at + FIELD_BYTES));
    if (isSystem) end = at;
    else if (isRoleFirst) return messages.subarray(at, end);
    else return messages.subarray(Math.max(0, messages.subarray(0, at).lastIndexOf(QUOTED_ROLE)), at);
  }
}

function holdsImage(block: ContentBlock): boolean {
  if (block.type === 'image') return true;
  return block.type === 'tool_result' && Array.isArray(block.content) && block.content.some(holdsImage);
}

function hasImages(messages: Buffer): boolean {
  for (const type of valuesOf(messages, '"type"')) if (type === 'image') return true;
  return false;
}
