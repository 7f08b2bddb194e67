import type { Quirks } from '../../index.ts';

/** Whether the upstream is asked for a stream; a client that wants it the other way gets it converted. */
export function asksForStream(wanted: boolean, streaming: Quirks['streaming']): boolean {
  if (streaming === 'only') return true;
  return streaming !== 'never' && wanted;
}
