import type {
  CanonicalRequest,
  CodecContext,
  EncodedRequest,
  Json,
  JsonObject,
  Loss,
  Message,
  OutputConfig,
} from '@claudex/sdk';
import { encodeBlocks, type BlockWriter } from './encode-block.ts';
import { extensionFields } from './extensions.ts';
import { defined } from './fields.ts';
import { fitFields } from './fit-fields.ts';
import { instructionsAsText } from './instructions-as-text.ts';
import { requestBlockWriter } from './request-block-writer.ts';
import { encodeTool } from './tools.ts';

/**
 * Writes the body of a Messages request. Left out, each with a loss: reasoning, server tools and citations of other
 * providers, which the vendor would refuse, opaque blocks of other protocols, and what the quirks say. Of those it knows
 * `images`, `documents`, `midConversationSystem` (default `keep`), `toolCallIdMaxLength` (without a default),
 * `signedThinking`, and those of top-level fields.
 */
export function encodeRequest(context: CodecContext): EncodedRequest {
  const { request, quirks } = context;
  const losses: Loss[] = [];
  const keepsInstructions = quirks.midConversationSystem !== 'user';
  const write = requestBlockWriter(context, losses);
  const { system: foreignSystem, ...other } = request.other;
  const system: Json[] = encodeBlocks(request.system, 'system', write);
  if (Array.isArray(foreignSystem)) system.push(...foreignSystem);
  const body: JsonObject = {
    model: context.model,
    messages: encodeMessages(keepsInstructions ? request.messages : instructionsAsText(request.messages), write),
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
  const { changes, losses: unfit } = fitFields((name) => body[name], context);
  for (const [name, value] of changes) {
    if (value === undefined) delete body[name];
    else body[name] = value;
  }
  return { body, losses: [...losses, ...unfit] };
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
