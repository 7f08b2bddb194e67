import type { Json, Provider } from '@claudex/sdk';
import { UpstreamError, type HttpResponse, type UpstreamClient } from '../../http/index.ts';
import { keepPublic, readKeptPublic, type KeptPublic } from './kept-public.ts';
import { trimPublic, type PublicLists } from './trim-public.ts';

/** What a refresh needs. */
export interface PublicIo {
  readonly client: UpstreamClient;
  /** Those whose models are kept, as far as they say under which ids they are listed. */
  readonly providers: Iterable<Provider>;
  /** The user's cache folder, as in `Directories`. */
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  /** Where the catalogue is. */
  readonly url: string;
  /** Asks although the copy is of today. */
  readonly force?: boolean;
  /** How long all of it may take, in milliseconds. Default 30,000. */
  readonly limitMs?: number;
}

/** What came of it: a new copy, the same as before, or in one line why there is none. */
export type PublicRefresh = 'new' | 'same' | { readonly problem: string };

/** So long a copy counts as fresh, in milliseconds. */
const FRESH_MS = 24 * 3_600_000;
const MOST_BYTES = 32 * 1024 * 1024;
const LIMIT_MS = 30_000;
const CLOCKS = { connectMs: 5_000, firstByteMs: 15_000, idleMs: 10_000 };

/**
 * Fetches the public catalogue, at most once a day, and keeps what concerns our providers. Whatever goes wrong leaves the
 * copy as it was. Throws only when the caller gives up.
 */
export async function refreshPublic(io: PublicIo): Promise<PublicRefresh> {
  const { signal, url, limitMs = LIMIT_MS } = io;
  const found = readKeptPublic(io.cacheFolder);
  const lists = listsOf(io.providers);
  const kept = found?.url === url && isSame(found.lists, lists) ? found : undefined;
  if (kept && io.force !== true && isFresh(kept)) return 'same';
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    return await fetchPublic(io, lists, kept, limit);
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return problem(url, `did not come within ${limitMs / 1000} s`);
    if (error instanceof UpstreamError) return problem(url, `cannot be had: ${error.message}`);
    throw error;
  }
}

async function fetchPublic(
  io: PublicIo,
  lists: PublicLists,
  kept: KeptPublic | undefined,
  signal: AbortSignal,
): Promise<PublicRefresh> {
  const { client, url, cacheFolder } = io;
  const headers = { accept: 'application/json', ...(kept?.etag !== undefined && { 'if-none-match': kept.etag }) };
  const response = await client.send({ method: 'GET', url, headers }, CLOCKS, signal);
  const askedAt = Date.now();
  if (response.status === 304 && kept) {
    response.cancel();
    await keepPublic(cacheFolder, { ...kept, askedAt });
    return 'same';
  }
  if (response.status !== 200) {
    response.cancel();
    return problem(url, `was answered with status ${response.status}`);
  }
  const models = trimPublic(await bodyOf(response), lists);
  if (!models) return problem(url, 'is no list of models, or a very long one');
  const etag = response.headers['etag'];
  const failure = await keepPublic(cacheFolder, { url, lists, askedAt, models, ...(etag !== undefined && { etag }) });
  if (failure === undefined) return 'new';
  return problem(url, failure === 'too-large' ? 'has more in it than is kept' : 'could not be written down');
}

function listsOf(providers: Iterable<Provider>): PublicLists {
  const listed = [...providers].flatMap(({ id, publicLists }) => (publicLists ? [[id, publicLists] as const] : []));
  return Object.fromEntries(listed.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** A copy that was made for other providers lacks what a new plugin offers. */
function isSame(one: PublicLists, other: PublicLists): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A list that was cut, because it was too long, is as good as none. */
async function bodyOf(response: HttpResponse): Promise<Json> {
  const text = await response.text(MOST_BYTES);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function isFresh({ askedAt }: KeptPublic): boolean {
  const ageMs = Date.now() - askedAt;
  return ageMs >= 0 && ageMs < FRESH_MS;
}

/** An address may have a token in its query. */
function problem(url: string, what: string): { problem: string } {
  const place = URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'the catalogue';
  return { problem: `the public list of models at ${place} ${what}` };
}
