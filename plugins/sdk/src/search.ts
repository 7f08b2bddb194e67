/** What a search is asked for. */
export interface SearchQuery {
  readonly query: string;
  /** Most results wanted. */
  readonly maxResults: number;
  /** Only results of these domains, when there are any. */
  readonly allowedDomains?: readonly string[];
  /** No results of these domains. */
  readonly blockedDomains?: readonly string[];
}

/** One page that was found. */
export interface SearchResult {
  readonly url: string;
  readonly title: string;
  /** What the model reads of it, in plain text. */
  readonly text: string;
  /** How old the page is, in words of the engine, e.g. `2 days ago`. */
  readonly age?: string;
}

/** A page that was fetched. */
export interface FetchedPage {
  readonly url: string;
  readonly title?: string;
  /** The page in plain text or Markdown. */
  readonly text: string;
}

/** Everything a search may touch. */
export interface SearchIo {
  readonly fetch: (
    url: string,
    init?: { method?: string; headers?: { readonly [name: string]: string }; body?: string },
  ) => Promise<{ status: number; headers: { readonly [name: string]: string }; text(): Promise<string> }>;
  /** Aborted when the client goes away, and after a time limit. */
  readonly signal: AbortSignal;
}

/**
 * A web search that answers the server tools `web_search` and `web_fetch` where the provider has none of its own. With
 * several of them installed the first by id is asked.
 */
export interface Search {
  readonly specVersion: 1;
  /** Lower-case kebab, e.g. `searxng`. */
  readonly id: string;
  readonly title: string;
  /** Finds pages. A rejection becomes an error block that the model can read, and nothing else fails. */
  search(query: SearchQuery, io: SearchIo): Promise<readonly SearchResult[]>;
  /** Reads one page; absent when this search cannot. */
  fetchPage?(url: string, io: SearchIo): Promise<FetchedPage>;
}

/** Returns its argument: a place for the type checker to look. */
export function defineSearch(search: Search): Search {
  return search;
}
