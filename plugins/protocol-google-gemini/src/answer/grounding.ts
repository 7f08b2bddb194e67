import { isJsonObject, type CodecContext, type JsonObject } from '@claudex/sdk';
import { searchBlocks, searchCitation, searchToolOf, textOf, type FoundPage } from '@claudex/sdk/codec';

/** Longest excerpt in a citation, in UTF-16 units, as Anthropic has it. */
const EXCERPT_LENGTH = 150;
/** Most citations taken of one answer. Real ones have a few dozen. */
const MAX_CITATIONS = 200;

/** What the provider's own search found, and which words of the answer stand on it. */
export class Grounding {
  readonly #pages = new Map<string, FoundPage>();
  readonly #queries = new Set<string>();
  readonly #cited = new Set<string>();

  /** Reads grounding metadata. Returns the citations that are new. */
  read(metadata: JsonObject): JsonObject[] {
    for (const query of listOf(metadata['webSearchQueries'])) {
      if (typeof query === 'string' && query !== '') this.#queries.add(query);
    }
    const pages = listOf(metadata['groundingChunks']).map((chunk) => pageOf(chunk));
    for (const page of pages) if (page !== undefined && !this.#pages.has(page.url)) this.#pages.set(page.url, page);
    return listOf(metadata['groundingSupports']).flatMap((support) => this.#citations(support, pages));
  }

  /** The call and the result of the search; none where nothing was searched. */
  blocks(newId: (prefix: string) => string): ReturnType<typeof searchBlocks> | [] {
    if (this.#pages.size === 0 && this.#queries.size === 0) return [];
    const query = [...this.#queries].join('; ');
    return searchBlocks(newId('srvtoolu_claudex'), query === '' ? {} : { query }, [...this.#pages.values()]);
  }

  #citations(support: unknown, pages: readonly (FoundPage | undefined)[]): JsonObject[] {
    if (!isJsonObject(support)) return [];
    const { segment, groundingChunkIndices: places } = support;
    const words = (isJsonObject(segment) && textOf(segment['text'])) || '';
    return listOf(places).flatMap((place) => {
      const page = typeof place === 'number' ? pages[place] : undefined;
      const key = `${page?.url ?? ''}\n${words}`;
      if (page === undefined || this.#cited.has(key) || this.#cited.size >= MAX_CITATIONS) return [];
      this.#cited.add(key);
      return [searchCitation(page, words.slice(0, EXCERPT_LENGTH).toWellFormed())];
    });
  }
}

/** Where found pages are collected, `undefined` where the client did not ask for a search or it could not be sent. */
export function groundingOf({ request, quirks }: CodecContext): Grounding | undefined {
  const isAsked = quirks.webSearch === 'tool' && searchToolOf(request, 'web_search') !== undefined;
  return isAsked ? new Grounding() : undefined;
}

function pageOf(chunk: unknown): FoundPage | undefined {
  const web = isJsonObject(chunk) && isJsonObject(chunk['web']) ? chunk['web'] : {};
  const url = textOf(web['uri']);
  const title = textOf(web['title']);
  return url === undefined ? undefined : { url, ...(title !== undefined && { title }) };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
