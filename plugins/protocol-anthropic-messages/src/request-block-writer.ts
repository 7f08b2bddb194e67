import type { CodecContext, ContentBlock, JsonObject, Loss } from '@claudex/sdk';
import { LossLog, serverToolText } from '@claudex/sdk/codec';
import { documentText } from './document-text.ts';
import { encodeBlock, type BlockWriter } from './encode-block.ts';
import { ForeignBlocks, isOwnCitation } from './foreign-blocks.ts';
import { historyCallIds } from './history-call-ids.ts';

const IMAGE_NOTE = '[An image stood here. This model does not take images.]';

/** Writes the blocks of a request as its provider takes them, also those inside results of tools. */
export function requestBlockWriter(context: CodecContext, losses: Loss[]): BlockWriter {
  const { request, quirks } = context;
  const foreign = new ForeignBlocks(request.messages, quirks.signedThinking === true);
  const ids = historyCallIds(quirks);
  const write: BlockWriter = (block, path) => {
    if (quirks.serverTools === false && isServerBlock(block)) return told(block, path, losses);
    const feature = foreign.featureOf(block);
    if (feature !== undefined) {
      losses.push({
        kind: 'dropped',
        path,
        feature,
        reason: 'Only the provider that wrote this content can take it back.',
      });
      return undefined;
    }
    if (block.type === 'image' && quirks.images === false) {
      losses.push({ kind: 'degraded', path, feature: 'image', reason: 'The model does not take images.' });
      return asText(IMAGE_NOTE, block);
    }
    if (block.type === 'document' && quirks.documents === 'none')
      return asText(documentText(block, path, losses), block);
    const wire = encodeBlock(withoutForeignCitations(ids(block), path, losses), path, write);
    if (wire === undefined) {
      losses.push({
        kind: 'dropped',
        path,
        feature: 'opaque_block',
        reason: 'The block was written by another protocol and has no form in this one.',
      });
    }
    return wire;
  };
  return write;
}

type ServerBlock = Extract<ContentBlock, { type: 'server_tool_use' | 'server_tool_result' }>;

function isServerBlock(block: ContentBlock): block is ServerBlock {
  return block.type === 'server_tool_use' || block.type === 'server_tool_result';
}

/** What a provider once ran itself, in words for one that runs nothing. */
function told(block: ServerBlock, path: string, losses: Loss[]): JsonObject | undefined {
  const log = new LossLog();
  const text = serverToolText(block, path, log);
  losses.push(...log.entries);
  return text === '' ? undefined : asText(text, block);
}

function asText(text: string, { cache_control: cacheControl }: ContentBlock): JsonObject {
  return { type: 'text', text, ...(cacheControl && { cache_control: { ...cacheControl } }) };
}

function withoutForeignCitations(block: ContentBlock, path: string, losses: Loss[]): ContentBlock {
  if (block.type !== 'text' || block.citations === undefined) return block;
  const { citations: all, ...text } = block;
  const own = all.filter(isOwnCitation);
  if (own.length === all.length) return block;
  const reason = 'The provider takes only its own kinds of citations.';
  losses.push({ kind: 'dropped', path: `${path}.citations`, feature: 'foreign_citation', reason });
  return own.length === 0 ? text : { ...text, citations: own };
}
