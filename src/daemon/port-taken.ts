import { failure, type ClaudexError } from '../errors/index.ts';
import { findPortOwner, howToFindPortOwner } from './port-owner.ts';
import type { Probe } from './probe.ts';

/** The failure that names who holds the port and what the user can do. Code `port-taken`, exit 1. */
export async function portTaken(port: number, probe: Extract<Probe, { kind: 'foreign' }>): Promise<ClaudexError> {
  const owner = await findPortOwner(port);
  const program = owner === undefined ? '' : ` (${owner.name}, pid ${owner.pid})`;
  const find = owner === undefined ? ` "${howToFindPortOwner(port)}" shows which program it is.` : '';
  if (probe.claimsToBeClaudex) {
    return failure(
      'port-taken',
      `port ${port} is held by a Claudex proxy${program} that does not hold this install's token`,
      `Stop it where it was started, set the same proxy_token, or choose another proxy_port.${find}`,
    );
  }
  const what = probe.silent ? `a program${program} that does not answer` : `another program${program}`;
  return failure('port-taken', `port ${port} is held by ${what}`, `Stop it, or set proxy_port to a free port.${find}`);
}
