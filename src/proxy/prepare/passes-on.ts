import { knowModel, type BoundProfile } from '../../router/index.ts';
import type { ClientRequest } from '../client-request.ts';
import { holdsValue } from './json-bytes.ts';

/** Server tools that the proxy can answer where the provider runs none, by the names they go by. */
const ANSWERED = ['"web_search"', '"web_fetch"'];

/**
 * Whether the client's bytes are passed on: client and provider speak the same protocol. A request with a search that the
 * provider does not run is read and written instead, as for providers of other protocols, because the proxy may answer it.
 */
export function passesOn(request: ClientRequest, bound: BoundProfile, model: string): boolean {
  if (bound.protocol.id !== request.client.protocol.id) return false;
  if (knowModel(bound, model).quirks.serverTools !== false) return true;
  const tools = request.passed().bytesOf('tools');
  return tools === undefined || !ANSWERED.some((name) => holdsValue(tools, name));
}
