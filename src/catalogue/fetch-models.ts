import type { Json, ModelFacts } from '@claudex/sdk';
import { UpstreamError, type HttpResponse } from '../http/index.ts';
import { ConnectError, Connections } from '../oauth/index.ts';
import { composeRequest, type BoundProfile, type Reach } from '../router/index.ts';
import type { CatalogueIo } from './model-list.ts';
import { readPage, type ModelPage } from './read-page.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PAGES = 10;
/** More of a list is not kept. */
const MOST_MODELS = 2_000;
/** For all pages together, in milliseconds. */
const LIMIT_MS = 10_000;
const CLOCKS = { connectMs: 5_000, firstByteMs: LIMIT_MS, idleMs: LIMIT_MS };
/** Most entries that Anthropic gives on one page. */
const PAGE_SIZE = '1000';

/** What a provider said of its models, or in one line why it said nothing. */
export type FetchedModels =
  | {
      readonly models: readonly ModelFacts[];
      /** Whether the provider has more than what is taken of a list. */
      readonly isCut: boolean;
    }
  | {
      readonly problem: string;
      /** The provider answered, and has none. */
      readonly isEmpty?: true;
      /** The provider wants a key, or another one. */
      readonly isRefused?: true;
    };

/** Asks the provider for its models with the profile's credential. Throws only when the caller gives up. */
export async function fetchModels(bound: BoundProfile, io: CatalogueIo): Promise<FetchedModels> {
  const { client, signal, limitMs = LIMIT_MS } = io;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const found = new Map<string, ModelFacts>();
  let after: string | undefined;
  let isCut = false;
  try {
    // A list is asked for once a day, so that what is exchanged for it is used for nothing else.
    const reach = await new Connections({ client }).reachOf(bound, limit);
    for (let pages = 0; pages < MOST_PAGES && !isCut; pages += 1) {
      const page = await fetchPage(bound, { client, signal: limit, reach, after });
      if ('problem' in page) return page;
      for (const facts of page.models) {
        if (found.size < MOST_MODELS || found.has(facts.id)) found.set(facts.id, facts);
        else isCut = true;
      }
      if (page.after === undefined || page.after === after) break;
      isCut ||= found.size >= MOST_MODELS || pages + 1 === MOST_PAGES;
      ({ after } = page);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { problem: `${titleOf(bound)} gave no list of models within ${limitMs / 1000} s` };
    if (error instanceof ConnectError) return { problem: error.message.replace(/\.$/, '') };
    if (error instanceof UpstreamError)
      return { problem: `${titleOf(bound)} gave no list of models: ${error.message}` };
    throw error;
  }
  if (found.size === 0) return { problem: `${titleOf(bound)} lists no models`, isEmpty: true };
  return { models: [...found.values()], isCut };
}

/** How a page is asked for, and after which entry it begins. */
interface PageCall extends Pick<CatalogueIo, 'client' | 'signal'> {
  readonly reach: Reach | undefined;
  readonly after: string | undefined;
}

async function fetchPage(
  bound: BoundProfile,
  { client, signal, reach, after }: PageCall,
): Promise<ModelPage | Extract<FetchedModels, { problem: string }>> {
  const query = queryOf(bound, after);
  const request = composeRequest(bound, { operation: 'models', model: '', ...(query !== '' && { query }) }, reach);
  if (request === undefined) return { problem: `${titleOf(bound)} has no list of models` };
  const response = await client.send(request, CLOCKS, signal);
  const problem = problemOf(response, bound);
  if (problem !== undefined) {
    response.cancel();
    return { problem: `${titleOf(bound)} ${problem}`, ...(isRefusal(response) && { isRefused: true }) };
  }
  const page = readPage(parsed(await response.text(MOST_BYTES)), bound.protocol);
  return page ?? { problem: `${titleOf(bound)} answered with something that is no list of models` };
}

/** A protocol that clients speak, too, is Anthropic's: its lists come in pages. */
function queryOf({ protocol }: BoundProfile, after: string | undefined): string {
  const query = new URLSearchParams(protocol.client === undefined ? {} : { limit: PAGE_SIZE });
  if (after !== undefined) query.set('after_id', after);
  return query.toString();
}

function isRefusal({ status }: Pick<HttpResponse, 'status'>): boolean {
  return status === 401 || status === 403;
}

function problemOf({ status }: HttpResponse, { credential }: BoundProfile): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (isRefusal({ status })) {
    const problem = credential.value === undefined ? 'wants a key' : 'refused the key';
    return `${problem} when it was asked for its models (status ${status})`;
  }
  if (status === 404 || status === 405 || status === 501) return `has no list of models (status ${status})`;
  return `answered with status ${status} instead of a list of models`;
}

/** Half a list, because it was too long, is as good as none. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function titleOf({ provider, profile }: BoundProfile): string {
  return profile.provider === undefined ? `the provider of "${profile.name}"` : provider.title;
}
