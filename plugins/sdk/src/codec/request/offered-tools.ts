import type { CanonicalRequest, ClientTool, ContentBlock, ServerTool } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';

/** A tool the model is shown, and where it stood in the request. */
export interface OfferedTool<Tool extends ClientTool | ServerTool = ClientTool | ServerTool> {
  readonly tool: Tool;
  readonly path: string;
}

/**
 * The tools the model is shown, in an order that only grows while a conversation goes on, so that caches hit: those that
 * are always there, as the client lists them, and then the deferred ones in the order in which the conversation came
 * across them. A second tool of one name is left out, and recorded where `losses` is given.
 */
export function offeredTools(request: CanonicalRequest, losses?: LossLog): OfferedTool[] {
  const places = placesInConversation(request);
  const names = new Set<string>();
  const always: OfferedTool[] = [];
  const deferred: (OfferedTool & { readonly place: number })[] = [];
  for (const [index, tool] of request.tools.entries()) {
    const path = `tools[${index}]`;
    if (tool.kind === 'server') {
      always.push({ tool, path });
      continue;
    }
    if (names.has(tool.name)) {
      losses?.dropped(path, 'duplicate_tool', 'A tool of this name was already declared.');
      continue;
    }
    const place = tool.defer_loading === true ? places.get(tool.name) : -1;
    if (place === undefined) continue;
    names.add(tool.name);
    if (place < 0) always.push({ tool, path });
    else deferred.push({ tool, path, place });
  }
  return [...always, ...deferred.toSorted((one, other) => one.place - other.place)];
}

/**
 * The tools that a conversation speaks of, each with its place among them; none where no tool is deferred. A deferred
 * tool is shown once a tool search has named it, once it was called, or when it must be called now.
 */
function placesInConversation(request: CanonicalRequest): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  if (!request.tools.some((tool) => tool.kind === 'client' && tool.defer_loading === true)) return places;
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
