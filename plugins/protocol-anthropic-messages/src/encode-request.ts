import type {
  CanonicalRequest,
  CodecContext,
  ContentBlock,
  EncodedRequest,
  Json,
  JsonObject,
  Loss,
  Message,
  OutputConfig,
  Quirks,
} from '@claudex/sdk';
import { encodeBlock, encodeBlocks, type BlockWriter } from './encode-block.ts';
import { extensionFields } from './extensions.ts';
import { defined } from './fields.ts';
import { ForeignBlocks, isOwnCitation } from './foreign-blocks.ts';
import { encodeTool } from './tools.ts';

const IMAGE_NOTE = '[An image stood here. This model does not take images.]';

/**
 * Writes the body of a Messages request. Left out, each with a loss: reasoning, server tools and citations of other
 * providers, which the vendor would refuse, opaque blocks of other protocols, and fields that the quirks omit.
 */
export function encodeRequest(context: CodecContext): EncodedRequest {
  const { request, quirks } = context;
  const losses: Loss[] = [];
  const foreign = new ForeignBlocks(request.messages, context.origin);
  const write = requestBlockWriter(foreign, quirks, losses);
  const { system: foreignSystem, ...other } = request.other;
  const system: Json[] = encodeBlocks(request.system, 'system', write);
  if (Array.isArray(foreignSystem)) system.push(...foreignSystem);
  const body: JsonObject = {
    model: context.model,
    messages: encodeMessages(request.messages, write),
    ...(system.length > 0 && { system }),
    ...(request.tools.length > 0 && { tools: request.tools.map(encodeTool) }),
    ...(defined({
      tool_choice: request.tool_choice,
      metadata: request.metadata,
      max_tokens: request.max_tokens,
      thinking: request.thinking,
      output_config: writtenOutputConfig(request),
      temperature: request.temperature,
      top_p: request.top_p,
      top_k: request.top_k,
      stop_sequences: request.stop_sequences,
    }) as JsonObject),
    ...other,
    ...(request.stream && { stream: true }),
  };
  omitFields(body, quirks, losses);
  return { body, losses };
}

/** A format that came in the older field goes back there, not here. */
function writtenOutputConfig({ output_config: config, other }: CanonicalRequest): OutputConfig | undefined {
  const { output_format: older } = other;
  if (config?.format === undefined || JSON.stringify(older) !== JSON.stringify(config.format)) return config;
  const { format: _format, ...rest } = config;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function encodeMessages(messages: readonly Message[], write: BlockWriter): JsonObject[] {
  const written: JsonObject[] = [];
  for (const [index, { role, content, output_config: outputConfig, ext }] of messages.entries()) {
    const blocks = encodeBlocks(content, `messages[${index}].content`, write);
    // A turn that consisted of foreign reasoning only; the vendor refuses empty turns.
    if (blocks.length === 0 && content.length > 0) continue;
    written.push({
      role,
      content: blocks,
      ...(outputConfig !== undefined && { output_config: { ...outputConfig } }),
      ...extensionFields(ext),
    });
  }
  return written;
}

function requestBlockWriter(foreign: ForeignBlocks, quirks: Quirks, losses: Loss[]): BlockWriter {
  const write: BlockWriter = (block, path) => {
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
      return { type: 'text', text: IMAGE_NOTE };
    }
    const wire = encodeBlock(withoutForeignCitations(block, path, losses), path, write);
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

function withoutForeignCitations(block: ContentBlock, path: string, losses: Loss[]): ContentBlock {
  if (block.type !== 'text' || block.citations === undefined) return block;
  const { citations: all, ...text } = block;
  const own = all.filter(isOwnCitation);
  if (own.length === all.length) return block;
  const reason = 'The provider takes only its own kinds of citations.';
  losses.push({ kind: 'dropped', path: `${path}.citations`, feature: 'foreign_citation', reason });
  return own.length === 0 ? text : { ...text, citations: own };
}

function omitFields(body: JsonObject, quirks: Quirks, losses: Loss[]): void {
  for (const field of quirks.omitFields ?? []) {
    if (!(field in body)) continue;
    delete body[field];
    losses.push({ kind: 'dropped', path: field, feature: field, reason: 'The provider does not take this field.' });
  }
}
