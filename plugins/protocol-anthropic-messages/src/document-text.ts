import type { ContentBlock, DocumentBlock, Loss } from '@claudex/sdk';
import { documentHeading, documentName } from '@claudex/sdk/codec';

/**
 * What stands for a document where the provider takes none: its text under a heading, or a note that names it where it
 * is a file.
 */
export function documentText(block: DocumentBlock, path: string, losses: Loss[]): string {
  const { source } = block;
  if (source.type === 'text' || source.type === 'content') {
    const reason = 'A document is sent as the plain text in it.';
    losses.push({ kind: 'degraded', path, feature: 'document', reason });
    const texts = source.type === 'text' ? [source.data] : source.content.map(wordsOf);
    return [documentHeading(block), ...texts].join('\n');
  }
  const reason = `A document given as "${source.type}" cannot be sent to this provider.`;
  losses.push({ kind: 'dropped', path, feature: 'document', reason });
  const place = source.type === 'url' ? ` It stands at ${source.url}.` : '';
  return `[A ${documentName(block)} was left out here: this provider cannot be given it.${place}]`;
}

function wordsOf(block: ContentBlock): string {
  return block.type === 'text' ? block.text : '[Something that is no text was left out here.]';
}
