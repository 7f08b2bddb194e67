import type { CanonicalRequest, JsonObject, ServerToolResultBlock, ServerToolUseBlock } from '@claudex/sdk';
import { searchFailure, type SearchTool } from '@claudex/sdk/codec';
import { clipped } from './clipped.ts';
import { SEARCH_ID } from './search-ids.ts';

/** A call and its result, as they begin an answer. */
export type SearchNotice = readonly [ServerToolUseBlock, ServerToolResultBlock];

/** Longest query that is made of what the user said, in UTF-16 units. */
const LONGEST_QUERY = 400;
const ADDRESS = /https?:\/\/[^\s<>"'`)\]}]+/;

/** Tells a client in its own terms that nobody here can search: a call as it would have been made, and its failure. */
export function unavailableNotice(
  tool: SearchTool,
  request: CanonicalRequest,
  newId: (prefix: string) => string,
): SearchNotice {
  const id = newId(SEARCH_ID);
  const text = lastUserText(request);
  const input = tool === 'web_search' ? { query: clipped(text, LONGEST_QUERY) } : addressIn(text);
  return [{ type: 'server_tool_use', id, name: tool, input }, searchFailure(id, tool, 'unavailable')];
}

function lastUserText({ messages }: CanonicalRequest): string {
  const last = messages.findLast(({ role }) => role === 'user');
  const texts = last?.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])) ?? [];
  return texts.join('\n').trim();
}

function addressIn(text: string): JsonObject {
  const url = ADDRESS.exec(text)?.[0];
  return url === undefined ? {} : { url };
}
