import type { VendorCall } from '../vendor.ts';
import { messagesOf, partsOf } from './chat-body.ts';
import { blocksOf, everyBlock, turnsOf } from './messages-body.ts';
import { itemsOf } from './responses.ts';

/** What a request says about whose turn it is. */
export interface TurnTraits {
  /** The model goes on after results of tools, not after a word of the user. */
  readonly followsTools: boolean;
  readonly hasImages: boolean;
}

/** Reads the traits out of a request of any protocol but Google's. */
export function turnTraits(call: VendorCall): TurnTraits {
  const items = itemsOf(call);
  if (items.length > 0)
    return {
      followsTools: items.at(-1)?.type === 'function_call_output',
      hasImages: JSON.stringify(items).includes('"input_image"'),
    };
  const last = messagesOf(call).at(-1);
  if (last?.role === 'tool') return { followsTools: true, hasImages: hasPictures(call) };
  const blocks = blocksOf(turnsOf(call).at(-1)?.content);
  return {
    followsTools: blocks.some(({ type }) => type === 'tool_result'),
    hasImages: hasPictures(call) || everyBlock(call).some(({ type }) => type === 'image'),
  };
}

function hasPictures(call: VendorCall): boolean {
  return messagesOf(call)
    .flatMap(partsOf)
    .some(({ type }) => type === 'image_url');
}
