import {
  isJsonObject,
  type CanonicalRequest,
  type Json,
  type JsonObject,
  type ServerTool,
  type ServerToolResultBlock,
  type ServerToolUseBlock,
} from '../../index.ts';

/** The server tools that other providers can answer, too. */
export type SearchTool = 'web_search' | 'web_fetch';

/** The web search or fetch among the tools of a request, by its dated type, e.g. `web_search_20250305`. */
export function searchToolOf(request: CanonicalRequest, tool: SearchTool): ServerTool | undefined {
  return request.tools.find(
    (candidate): candidate is ServerTool => candidate.kind === 'server' && candidate.type.startsWith(`${tool}_2`),
  );
}

/** A page that a provider's search found. */
export interface FoundPage {
  readonly url: string;
  readonly title?: string;
  readonly age?: string;
}

/** The call and the result of a web search as the client knows them. `id` is `srvtoolu_…`. */
export function searchBlocks(
  id: string,
  input: JsonObject,
  pages: readonly FoundPage[],
): [ServerToolUseBlock, ServerToolResultBlock] {
  return [
    { type: 'server_tool_use', id, name: 'web_search', input },
    {
      type: 'server_tool_result',
      result_type: 'web_search_tool_result',
      tool_use_id: id,
      content: pages.map(({ url, title, age }) => ({
        type: 'web_search_result',
        url,
        title: title ?? url,
        encrypted_content: '',
        page_age: age ?? null,
      })),
    },
  ];
}

/** The result block of a server tool that failed; `code` is e.g. `unavailable`, `max_uses_exceeded`, `invalid_tool_input`. */
export function searchFailure(id: string, tool: SearchTool, code: string): ServerToolResultBlock {
  return {
    type: 'server_tool_result',
    result_type: `${tool}_tool_result`,
    tool_use_id: id,
    content: { type: `${tool}_tool_result_error`, error_code: code },
  };
}

/** A citation of a found page as the client knows it. */
export function searchCitation(page: FoundPage, citedText: string): JsonObject {
  return {
    type: 'web_search_result_location',
    url: page.url,
    title: page.title ?? page.url,
    encrypted_index: '',
    cited_text: citedText,
  };
}

/** What a client asks of a search beside the query. */
export interface SearchOptions {
  /** Most searches in one answer. */
  readonly maxUses?: number;
  readonly allowedDomains?: string[];
  readonly blockedDomains?: string[];
  /** As the client sent it: `{ type: "approximate", city, region, country, timezone }`. */
  readonly userLocation?: JsonObject;
}

/** Reads the options in the declaration of a search tool; what makes no sense is left out. */
export function searchOptions({ declaration }: ServerTool): SearchOptions {
  const { max_uses: maxUses, user_location: userLocation } = declaration;
  const allowedDomains = domainsOf(declaration['allowed_domains']);
  const blockedDomains = domainsOf(declaration['blocked_domains']);
  return {
    ...(typeof maxUses === 'number' && Number.isInteger(maxUses) && maxUses > 0 && { maxUses }),
    ...(allowedDomains.length > 0 && { allowedDomains }),
    ...(blockedDomains.length > 0 && { blockedDomains }),
    ...(isJsonObject(userLocation) && { userLocation }),
  };
}

function domainsOf(value: Json | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((domain): domain is string => typeof domain === 'string' && domain !== '')
    : [];
}
