import type { ServerTool } from '@claudex/sdk';
import { hasEntries, searchToolOf } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';

/** Settings of the client's search; the provider's own has none. */
const SETTINGS = ['max_uses', 'allowed_domains', 'blocked_domains', 'user_location'];

/**
 * The client's web search, where the provider's own can stand in for it: beside functions only from Gemini 3 on. Other
 * tools that Anthropic runs exist only there.
 */
export function isOwnSearch(tool: ServerTool, hasFunctions: boolean, encoding: Encoding): boolean {
  const { request, quirks } = encoding.context;
  return (
    quirks.webSearch === 'tool' && tool === searchToolOf(request, 'web_search') && (encoding.isModern || !hasFunctions)
  );
}

/** Records the settings of the client's search that are not sent. */
export function noteSettings({ declaration }: ServerTool, path: string, { losses }: Encoding): void {
  for (const setting of SETTINGS) {
    const value = declaration[setting] ?? null;
    if (value === null || (Array.isArray(value) && !hasEntries(value))) continue;
    losses.dropped(`${path}.${setting}`, 'web_search_setting', "The provider's own web search has no such setting.");
  }
}
