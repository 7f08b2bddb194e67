import type { ServerToolResultBlock, ServerToolUseBlock } from '@claudex/sdk';
import { searchText } from '@claudex/sdk/codec';
import type { ChatTextPart } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/** What a provider's own tool once did, as text that any model can read: no message here can hold it otherwise. */
export function encodeServerTool(
  block: ServerToolUseBlock | ServerToolResultBlock,
  path: string,
  encoding: Encoding,
): ChatTextPart[] {
  const words = searchText(block);
  if (words === undefined) {
    encoding.losses.dropped(path, block.type, 'What a provider ran itself has no counterpart here.');
    return [];
  }
  encoding.losses.degraded(path, block.type, 'What a provider ran itself is told as text.');
  return [text(words)];
}
