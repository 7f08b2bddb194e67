import { newId } from '../new-id.ts';

/** How the ids of calls begin that the proxy answers itself, so that no vendor takes them for its own. */
export const SEARCH_ID = 'srvtoolu_claudex';

const PREFIX = `${SEARCH_ID}_`;
const LONGEST_ID = 64;

/**
 * The id under which the client knows a call of the model. It holds the id of the call, so that a later request can say
 * the call again as it was: providers tie state of theirs to it.
 */
export function searchIdOf(callId: string): string {
  const id = PREFIX + callId;
  return id.length <= LONGEST_ID ? id : newId(SEARCH_ID);
}

/** The id of the model's call in an id that {@link searchIdOf} made; `undefined` for one of somebody else's. */
export function callIdOf(searchId: string): string | undefined {
  return searchId.startsWith(PREFIX) && searchId.length > PREFIX.length ? searchId.slice(PREFIX.length) : undefined;
}
