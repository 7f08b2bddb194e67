import type { FetchedPage, Search, SearchResult, ServerToolResultBlock } from '@claudex/sdk';
import { searchFailure } from '@claudex/sdk/codec';
import type { UpstreamClient } from '../../http/index.ts';
import { isAllowed } from './domains.ts';
import type { OfferedSearch } from './plan-search.ts';
import { isPublicAddress } from './public-address.ts';
import { isWebAddress, readPage, readResults } from './read-found.ts';
import { fetchedBlock, foundBlock } from './result-blocks.ts';
import type { SearchCall } from './round.ts';
import { withSearchIo } from './search-io.ts';

/** How long one search may take, in milliseconds. */
const LIMIT_MS = 10_000;
/** Most pages of one search. */
const MOST_RESULTS = 10;

/** What a search runs with. */
export interface SearchRun {
  readonly search: Search;
  readonly upstream: UpstreamClient;
  /** Aborted when nobody wants the result any more. */
  readonly signal: AbortSignal;
  /** Takes the name of what went wrong in the plugin. */
  readonly report: (problem: string) => void;
  /** How long it may take, in milliseconds; 10,000 by default. */
  readonly limitMs?: number;
}

/** Answers one call of the model. Never rejects: whatever goes wrong is a result that says so. */
export async function runSearch(
  { id, tool, input }: SearchCall,
  { options, maxLength }: OfferedSearch,
  run: SearchRun,
): Promise<ServerToolResultBlock> {
  const asked = input[tool === 'web_search' ? 'query' : 'url'];
  if (typeof asked !== 'string' || asked.trim() === '') return searchFailure(id, tool, 'invalid_tool_input');
  try {
    if (tool === 'web_search') {
      const pages = await find(asked, options, run);
      return foundBlock(id, pages.filter(({ url }) => isAllowed(url, options)).slice(0, MOST_RESULTS));
    }
    if (!isWebAddress(asked)) return searchFailure(id, tool, 'invalid_tool_input');
    const isWelcome = (url: string): boolean => isPublicAddress(url) && isAllowed(url, options);
    if (!isWelcome(asked)) return searchFailure(id, tool, 'url_not_allowed');
    const page = await fetchPage(asked, maxLength, run);
    // A redirect may have led somewhere else.
    if (!isWelcome(page.url)) return searchFailure(id, tool, 'url_not_allowed');
    return fetchedBlock(id, page, new Date().toISOString());
  } catch (error) {
    run.report(error instanceof Error ? error.name : typeof error);
    return searchFailure(id, tool, 'unavailable');
  }
}

async function find(query: string, options: OfferedSearch['options'], run: SearchRun): Promise<SearchResult[]> {
  const { allowedDomains, blockedDomains } = options;
  const { search, upstream, signal, limitMs = LIMIT_MS } = run;
  const wanted = {
    query,
    maxResults: MOST_RESULTS,
    ...(allowedDomains && { allowedDomains }),
    ...(blockedDomains && { blockedDomains }),
  };
  return readResults(await withSearchIo(upstream, signal, limitMs, (io) => search.search(wanted, io)));
}

async function fetchPage(url: string, maxLength: number, run: SearchRun): Promise<FetchedPage> {
  const { search, upstream, signal, limitMs = LIMIT_MS } = run;
  const page = await withSearchIo(upstream, signal, limitMs, async (io) => search.fetchPage?.(url, io));
  return readPage(page, url, maxLength);
}
