import type { ServerToolResultBlock, ServerToolUseBlock } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import { searchText } from './search-text.ts';

/**
 * What a provider's own tool once did, as text that any model can read: no message here can hold it otherwise. Empty for
 * what cannot be told.
 */
export function serverToolText(
  block: ServerToolUseBlock | ServerToolResultBlock,
  path: string,
  losses: LossLog,
): string {
  const words = searchText(block);
  if (words === undefined) losses.dropped(path, block.type, 'What a provider ran itself has no counterpart here.');
  else losses.degraded(path, block.type, 'What a provider ran itself is told as text.');
  return words ?? '';
}
