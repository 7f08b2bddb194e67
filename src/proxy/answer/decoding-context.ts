import type { CanonicalRequest, CodecContext, ContentBlock } from '@claudex/sdk';

/**
 * What decoders need of a context: names and ids, to restore them in the answer. A decoder lives as long as its stream, and
 * with the whole request it would keep megabytes for hours.
 */
export function decodingContext(context: CodecContext): CodecContext {
  return { ...context, request: withoutContent(context.request) };
}

function withoutContent(request: CanonicalRequest): CanonicalRequest {
  return {
    ...request,
    system: [],
    messages: request.messages.flatMap((message) => {
      const content = message.content.flatMap(nameAndId);
      return content.length === 0 ? [] : [{ ...message, content }];
    }),
    tools: request.tools.map((tool) =>
      tool.kind === 'client' ? { kind: tool.kind, name: tool.name, input_schema: {} } : tool,
    ),
    other: {},
  };
}

function nameAndId(block: ContentBlock): ContentBlock[] {
  return block.type === 'tool_use' ? [{ type: 'tool_use', id: block.id, name: block.name, input: {} }] : [];
}
