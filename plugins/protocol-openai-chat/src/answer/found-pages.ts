import { isJsonObject, type CodecContext, type JsonObject } from '@claudex/sdk';
import { searchBlocks, searchCitation, searchToolOf, textOf, type FoundPage } from '@claudex/sdk/codec';

/** Longest excerpt in a citation, in UTF-16 units, as Anthropic has it. */
const EXCERPT_LENGTH = 150;

/** The pages that a provider's own search found, in the order in which they were named. */
export class FoundPages {
  readonly #pages = new Map<string, FoundPage>();

  /**
   * Notes the page of an `annotations` entry, of `search_results` or of `citations`. Returns a citation for a page that
   * is new, and `undefined` for one that is known or no page at all.
   */
  add(entry: unknown): JsonObject | undefined {
    const fields: JsonObject | undefined = typeof entry === 'string' ? { url: entry } : citedFields(entry);
    const url = textOf(fields?.['url']);
    if (fields === undefined || url === undefined || this.#pages.has(url)) return undefined;
    const title = textOf(fields['title']);
    const age = textOf(fields['date']) ?? textOf(fields['last_updated']);
    const page: FoundPage = { url, ...(title !== undefined && { title }), ...(age !== undefined && { age }) };
    this.#pages.set(url, page);
    const excerpt = textOf(fields['content']) ?? textOf(fields['snippet']) ?? '';
    return searchCitation(page, excerpt.slice(0, EXCERPT_LENGTH));
  }

  /** The call and the result of the search; none where nothing was found. The provider keeps its query to itself. */
  blocks(newId: (prefix: string) => string): ReturnType<typeof searchBlocks> | [] {
    return this.#pages.size === 0 ? [] : searchBlocks(newId('srvtoolu_claudex'), {}, [...this.#pages.values()]);
  }
}

/** Whether an `annotations` entry names a page. */
export function isPage(annotation: unknown): boolean {
  return textOf(citedFields(annotation)?.['url']) !== undefined;
}

/** Where found pages are collected, `undefined` where the client did not ask for a search or it could not be sent. */
export function foundPages({ request, quirks }: CodecContext): FoundPages | undefined {
  const { webSearch = 'none' } = quirks;
  return webSearch === 'none' || searchToolOf(request, 'web_search') === undefined ? undefined : new FoundPages();
}

/** The fields of a citation: OpenAI and OpenRouter wrap them. */
function citedFields(entry: unknown): JsonObject | undefined {
  if (!isJsonObject(entry)) return undefined;
  return isJsonObject(entry['url_citation']) ? entry['url_citation'] : entry;
}
