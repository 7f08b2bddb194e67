import type { ServerToolResultBlock, ServerToolUseBlock } from '@claudex/sdk';
import { searchText } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';

/**
 * Puts a search that some provider ran itself into words, because its blocks cannot go back. Empty for everything else,
 * which is a loss.
 */
export function describeServerTool(
  block: ServerToolUseBlock | ServerToolResultBlock,
  path: string,
  { losses }: Encoding,
): string {
  const words = searchText(block);
  if (words === undefined) losses.dropped(path, block.type, 'What a provider ran itself has no counterpart here.');
  else losses.degraded(path, block.type, 'What a provider ran itself is told as text.');
  return words ?? '';
}
