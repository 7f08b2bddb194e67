import { isJsonObject, type ServerTool } from '@claudex/sdk';
import type { ResponsesTool, ResponsesWebSearchTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** What of the client's web search the provider's own has, too. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set(['type', 'name', 'allowed_domains', 'user_location']);

/** Turns the client's web search into the provider's own. */
export function encodeWebSearch(tool: ServerTool, path: string, { losses }: Encoding): ResponsesWebSearchTool {
  const { allowed_domains, user_location } = tool.declaration;
  for (const [field, value] of Object.entries(tool.declaration)) {
    if (KNOWN_FIELDS.has(field) || value === null || (Array.isArray(value) && value.length === 0)) continue;
    losses.dropped(`${path}.${field}`, 'web_search_setting', "The provider's own web search has no such setting.");
  }
  const wire: ResponsesWebSearchTool = { type: 'web_search' };
  const domains = Array.isArray(allowed_domains) ? allowed_domains.filter((domain) => typeof domain === 'string') : [];
  if (domains.length > 0) wire.filters = { allowed_domains: domains };
  if (isJsonObject(user_location)) wire.user_location = user_location;
  return wire;
}

/** Whether the provider's own web search is among the tools. */
export function hasWebSearch(tools: readonly ResponsesTool[]): boolean {
  return tools.some((tool) => tool.type === 'web_search');
}
