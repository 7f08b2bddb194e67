import type { Quirks } from '@claudex/sdk';

/** Whether the upstream is asked for a stream; a client that wants it the other way gets it converted. */
export function upstreamStream(wanted: boolean, { streaming }: Quirks): boolean {
  if (streaming === 'only') return true;
  return streaming === 'never' ? false : wanted;
}
