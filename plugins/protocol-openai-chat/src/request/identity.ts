import { shortHash } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** OpenAI takes no longer cache key and no longer id of a user. */
const MAX_LENGTH = 64;

/**
 * Says whose request this is, without saying who that is, for the provider's cache and its watch against abuse; and that
 * nothing of it is to be kept.
 */
export function encodeIdentity(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks, session } = encoding.context;
  if (quirks.promptCacheKey === true && session !== undefined) body.prompt_cache_key = bounded(session);
  if (quirks.storeSwitch === true) body.store = false;
  const userField = quirks.userField ?? 'none';
  for (const [field, value] of Object.entries(request.metadata ?? {})) {
    if (field === 'user_id' && userField !== 'none' && typeof value === 'string' && value !== '') {
      // The client's own id names the device and the account.
      body[userField] = session === undefined ? shortHash(value, 32) : bounded(session);
      encoding.losses.adjusted('metadata.user_id', 'metadata', 'The id of the user was replaced by an opaque one.');
    } else {
      encoding.losses.dropped(`metadata.${field}`, 'metadata', 'Metadata about the user stays on this machine.');
    }
  }
}

function bounded(id: string): string {
  return id.length <= MAX_LENGTH ? id : shortHash(id, 32);
}
