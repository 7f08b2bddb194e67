import type { CanonicalRequest, ContentBlock } from '@claudex/sdk';

/**
 * The tools that a conversation speaks of, each with its place among them. A deferred tool is shown once a tool search has
 * named it, once it was called, or when it must be called.
 */
export function referencedTools(request: CanonicalRequest): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const note = (name: string): void => {
    if (!places.has(name)) places.set(name, places.size);
  };
  const visit = (block: ContentBlock): void => {
    if (block.type === 'tool_use') note(block.name);
    else if (block.type === 'tool_reference') note(block.tool_name);
    else if (block.type === 'tool_result') block.content.forEach(visit);
  };
  for (const message of request.messages) message.content.forEach(visit);
  if (request.tool_choice?.type === 'tool') note(request.tool_choice.name);
  return places;
}
