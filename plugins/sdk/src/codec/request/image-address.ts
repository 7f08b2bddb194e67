import type { ImageBlock } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';

/** What stands for a picture: an address, which may be a `data:` URL that holds it, or a note that it was left out. */
type ImageAddress = { readonly url: string } | { readonly note: string };

/**
 * Turns a picture into an address. `areTaken` says whether the model takes pictures at all, `areFetched` whether the
 * provider takes the address of one that stands elsewhere. One that cannot be shown to the model is a loss.
 */
export function imageAddress(
  block: ImageBlock,
  areTaken: boolean,
  path: string,
  losses: LossLog,
  areFetched = true,
): ImageAddress {
  const { source } = block;
  if (!areTaken) {
    losses.dropped(path, 'image', 'This model does not take pictures.');
    return { note: '[An image was left out here: this model does not take pictures.]' };
  }
  if (source.type === 'base64') return { url: `data:${source.media_type};base64,${source.data}` };
  if (source.type === 'url') {
    if (areFetched) return { url: source.url };
    losses.dropped(path, 'image', 'This provider does not fetch pictures.');
    return { note: `[An image was left out here: this provider does not fetch pictures. It stands at ${source.url}.]` };
  }
  losses.dropped(path, 'image', `A picture given as "${source.type}" cannot be sent to this provider.`);
  return { note: '[An image was left out here: it is stored where this provider cannot read it.]' };
}
