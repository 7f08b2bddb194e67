import { createHash } from 'node:crypto';
import type { Incoming } from '../incoming.ts';
import { parseJsonObject } from '../parse-json.ts';

const HEADER = 'x-claude-code-session-id';

/**
 * The name of the client's session as providers may see it: 32 hexadecimal digits, the same for every request of one
 * session to one provider. `undefined` when the client names no session. The client's own id stays on this machine, and
 * two providers cannot tell that they serve the same session.
 */
export function sessionName({ headers }: Incoming, userId: unknown, origin: string): string | undefined {
  const id = headers[HEADER] ?? sessionOfUser(userId);
  if (id === undefined || id === '') return undefined;
  return createHash('sha256').update(`${origin}\0${id}`).digest('hex').slice(0, 32);
}

/** Claude Code's `metadata.user_id` is JSON inside a string, and names the session as well. */
function sessionOfUser(userId: unknown): string | undefined {
  const id = typeof userId === 'string' ? parseJsonObject(userId)?.['session_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
