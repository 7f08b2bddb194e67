import type { JsonObject } from '@claudex/sdk';
import type { SearchTool } from '@claudex/sdk/codec';

/** How the server tools are shown to a model that knows only functions. */
export const SEARCH_TOOLS: {
  readonly [Tool in SearchTool]: { readonly description: string; readonly input_schema: JsonObject };
} = {
  web_search: {
    description:
      'Searches the web and returns the pages it found, each with its title, its address and an excerpt. Use it for what may have changed lately or what you are not sure of, and name the pages you rely on.',
    input_schema: {
      type: 'object',
      properties: { query: { type: 'string', description: 'What to search for, as you would type it.' } },
      required: ['query'],
    },
  },
  web_fetch: {
    description: 'Reads one page of the web and returns its text.',
    input_schema: {
      type: 'object',
      properties: { url: { type: 'string', description: 'The full address, beginning with https:// or http://.' } },
      required: ['url'],
    },
  },
};
