import {
  isJsonObject,
  type CacheControl,
  type CanonicalRequest,
  type ClientTool,
  type Loss,
  type Search,
  type ServerTool,
  type Tool,
} from '@claudex/sdk';
import { searchOptions, searchToolOf, type SearchOptions, type SearchTool } from '@claudex/sdk/codec';
import { restoreSearches } from './restore-searches.ts';
import { SEARCH_TOOLS } from './search-tools.ts';
import { unavailableNotice, type SearchNotice } from './unavailable-notice.ts';

const NAMES: readonly SearchTool[] = ['web_search', 'web_fetch'];
/** How often one tool runs in one answer unless the client says so, and how often at most. */
const USUAL_USES = 8;
const MOST_USES = 10;
/** Most UTF-16 units of a page that the model gets to read, and how many of them are taken for a token. */
const LONGEST_PAGE = 100_000;
const UNITS_PER_TOKEN = 4;
/** What is read of a declaration. */
const KNOWN_SETTINGS = new Set(['type', 'name', 'max_uses', 'allowed_domains', 'blocked_domains', 'cache_control']);

/** A server tool that the model calls as a function and the proxy answers. */
export interface OfferedSearch {
  readonly tool: SearchTool;
  readonly options: SearchOptions;
  /** Most runs in one answer. */
  readonly maxUses: number;
  /** Most UTF-16 units of a fetched page. */
  readonly maxLength: number;
}

/** The searches that the proxy answers in one exchange, and the plugin that does it. */
export interface AnsweredSearches {
  readonly search: Search;
  readonly offered: readonly OfferedSearch[];
}

/** What becomes of the server tools `web_search` and `web_fetch`. */
export interface SearchPlan {
  /** The request as the protocol gets it. A server tool that stays in it is the protocol's to send or to leave out. */
  readonly request: CanonicalRequest;
  readonly losses: readonly Loss[];
  readonly searches?: AnsweredSearches;
  /** Begins the answer where nobody can search. */
  readonly notice?: SearchNotice;
}

/** What a plan depends on. */
export interface SearchSituation {
  readonly request: CanonicalRequest;
  /** Whether the provider searches the web itself. */
  readonly searchedByProvider: boolean;
  /** The plugin to ask, when there is one. */
  readonly search: Search | undefined;
  readonly newId: (prefix: string) => string;
}

interface Declared {
  readonly tool: SearchTool;
  readonly declaration: ServerTool;
}

/**
 * Decides who answers the server tools: the provider where it has a search of its own, else the plugin, else nobody. A
 * tool of the client that bears the same name keeps it.
 */
export function planSearch(situation: SearchSituation): SearchPlan {
  const { request, searchedByProvider, search } = situation;
  const declared = NAMES.flatMap((tool): Declared[] => {
    const declaration = searchToolOf(request, tool);
    return declaration === undefined ? [] : [{ tool, declaration }];
  });
  const open = declared.filter(
    ({ tool }) => !(tool === 'web_search' && searchedByProvider) && !isTaken(tool, request.tools),
  );
  const answered = open.filter(({ tool }) => canAnswer(search, tool));
  const notice = noticeOf(open, answered, declared.length > open.length, situation);
  if (search === undefined || answered.length === 0) return { request, losses: [], ...(notice && { notice }) };
  return {
    request: offer(request, answered),
    losses: answered.flatMap(({ declaration }) => lostSettings(declaration, request.tools.indexOf(declaration))),
    searches: { search, offered: answered.map(offeredSearch) },
    ...(notice && { notice }),
  };
}

function isTaken(name: string, tools: readonly Tool[]): boolean {
  return tools.some((tool) => tool.kind === 'client' && tool.name === name);
}

function canAnswer(search: Search | undefined, tool: SearchTool): boolean {
  return tool === 'web_search' ? search !== undefined : search?.fetchPage !== undefined;
}

/** Says that nobody can search where the client asks for nothing else, or for that very tool. */
function noticeOf(
  open: readonly Declared[],
  answered: readonly Declared[],
  isElsewhereAnswered: boolean,
  { request, newId }: SearchSituation,
): SearchNotice | undefined {
  const missing = open.filter((one) => !answered.includes(one)).map(({ tool }) => tool);
  const choice = request.tool_choice;
  if (choice?.type === 'none') return undefined;
  const named = choice?.type === 'tool' ? missing.find((tool) => tool === choice.name) : undefined;
  const hasOthers = isElsewhereAnswered || answered.length > 0 || request.tools.some((tool) => tool.kind === 'client');
  const tool = named ?? (hasOthers ? undefined : missing[0]);
  return tool === undefined ? undefined : unavailableNotice(tool, request, newId);
}

function offer(request: CanonicalRequest, answered: readonly Declared[]): CanonicalRequest {
  return {
    ...request,
    messages: restoreSearches(
      request.messages,
      answered.map(({ tool }) => tool),
    ),
    tools: request.tools.map((tool) => {
      const found = answered.find(({ declaration }) => declaration === tool);
      return found === undefined ? tool : functionOf(found);
    }),
  };
}

function functionOf({ tool, declaration: { declaration } }: Declared): ClientTool {
  const { cache_control: cacheControl } = declaration;
  return {
    kind: 'client',
    name: tool,
    ...SEARCH_TOOLS[tool],
    ...(isJsonObject(cacheControl) && { cache_control: cacheControl as unknown as CacheControl }),
  };
}

function offeredSearch({ tool, declaration }: Declared): OfferedSearch {
  const options = searchOptions(declaration);
  const { max_content_tokens: tokens } = declaration.declaration;
  const wanted = typeof tokens === 'number' && tokens > 0 ? tokens * UNITS_PER_TOKEN : LONGEST_PAGE;
  return {
    tool,
    options,
    maxUses: Math.min(options.maxUses ?? USUAL_USES, MOST_USES),
    maxLength: Math.min(Math.ceil(wanted), LONGEST_PAGE),
  };
}

function lostSettings({ type, declaration }: ServerTool, index: number): Loss[] {
  return Object.entries(declaration)
    .filter(([name, value]) => value !== null && !KNOWN_SETTINGS.has(name))
    .filter(([name]) => name !== 'max_content_tokens' || !type.startsWith('web_fetch'))
    .map(([name]) => ({
      kind: 'dropped',
      path: `tools[${index}].${name}`,
      feature: 'web_search_setting',
      reason: 'The search that answers here does not have this setting.',
    }));
}
