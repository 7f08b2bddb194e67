import type { FetchedPage, SearchResult, ServerToolResultBlock } from '@claudex/sdk';

/** Stands before a text in a field that clients only hand back. */
const SEALED = 'claudex.text.1.';

/** The result of a search as clients know it. What the model reads of each page is kept where only we look. */
export function foundBlock(id: string, pages: readonly SearchResult[]): ServerToolResultBlock {
  return {
    type: 'server_tool_result',
    result_type: 'web_search_tool_result',
    tool_use_id: id,
    content: pages.map(({ url, title, text, age }) => ({
      type: 'web_search_result',
      url,
      title,
      encrypted_content: `${SEALED}${Buffer.from(text).toString('base64url')}`,
      page_age: age ?? null,
    })),
  };
}

/** The result of a fetch as clients know it. `retrievedAt` is a date in ISO 8601. */
export function fetchedBlock(id: string, page: FetchedPage, retrievedAt: string): ServerToolResultBlock {
  return {
    type: 'server_tool_result',
    result_type: 'web_fetch_tool_result',
    tool_use_id: id,
    content: {
      type: 'web_fetch_result',
      url: page.url,
      content: {
        type: 'document',
        source: { type: 'text', media_type: 'text/plain', data: page.text },
        title: page.title ?? null,
        citations: null,
      },
      retrieved_at: retrievedAt,
    },
  };
}

/** The text in a field that {@link foundBlock} wrote; nothing for any other value. */
export function keptText(field: unknown): string {
  if (typeof field !== 'string' || !field.startsWith(SEALED)) return '';
  return Buffer.from(field.slice(SEALED.length), 'base64url').toString('utf8').toWellFormed();
}
