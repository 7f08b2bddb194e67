import { isJsonObject, type JsonObject, type ServerTool } from '@claudex/sdk';
import { hasEntries, searchToolOf } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** OpenRouter searches once for each request, so that more results stand in for more searches; it takes ten at most. */
const MAX_RESULTS = 10;

/** Switches on the provider's own web search where it has one. Other server tools exist only at Anthropic. */
export function encodeServerToolOffer(tool: ServerTool, path: string, body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  const isSearch = tool === searchToolOf(request, 'web_search');
  if (isSearch && quirks.webSearch === 'options') {
    body.web_search_options = searchOptions(tool.declaration);
    noteLimits(tool.declaration, path, encoding);
  } else if (isSearch && quirks.webSearch === 'openrouter-plugin') {
    body.plugins = [searchPlugin(tool.declaration)];
  } else {
    encoding.losses.dropped(path, 'server_tool', 'A tool that Anthropic runs itself does not exist at this provider.');
  }
}

function searchOptions({ user_location: location }: JsonObject): JsonObject {
  if (!isJsonObject(location)) return {};
  const { type: _, ...place } = location;
  return { user_location: { type: 'approximate', approximate: place } };
}

function noteLimits(declaration: JsonObject, path: string, { losses }: Encoding): void {
  for (const limit of ['max_uses', 'allowed_domains', 'blocked_domains']) {
    const value = declaration[limit];
    if (hasEntries(value) || typeof value === 'number')
      losses.dropped(`${path}.${limit}`, 'web_search_setting', "The provider's own web search has no such setting.");
  }
}

function searchPlugin(declaration: JsonObject): JsonObject {
  const { max_uses: uses, allowed_domains: allowed, blocked_domains: blocked, user_location: location } = declaration;
  const plugin: JsonObject = { id: 'web' };
  if (typeof uses === 'number') plugin['max_results'] = Math.max(1, Math.min(uses, MAX_RESULTS));
  if (Array.isArray(allowed) && allowed.length > 0) plugin['include_domains'] = allowed;
  if (Array.isArray(blocked) && blocked.length > 0) plugin['exclude_domains'] = blocked;
  if (isJsonObject(location)) plugin['user_location'] = location;
  return plugin;
}
