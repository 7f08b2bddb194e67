import { isJsonObject, type DescribeIo, type Json, type JsonObject, type ModelFacts } from '@claudex/sdk';
import { Connections } from '../oauth/index.ts';
import { composeRequest, type BoundProfile, type Reach } from '../router/index.ts';
import { namedModels } from './merge-facts.ts';
import type { CatalogueIo } from './model-list.ts';

/** For everything that a provider is asked beside its list, in milliseconds. */
const LIMIT_MS = 2_000;
/** So much longer the plugin has to make something of what it heard. */
const GRACE_MS = 250;
const CLOCKS = { connectMs: LIMIT_MS, firstByteMs: LIMIT_MS, idleMs: LIMIT_MS };
const MOST_CALLS = 32;
/** A description of one model may have its licence and its template in it. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * What a provider says of its models beside its list, by the plugin's own questions. The list itself where the plugin has
 * none, fails, answers nonsense or is late. Throws only when the caller gives up.
 */
export async function describeModels(
  bound: BoundProfile,
  listed: readonly ModelFacts[],
  { client, signal }: Pick<CatalogueIo, 'client' | 'signal'>,
): Promise<readonly ModelFacts[]> {
  const { provider } = bound;
  if (!provider.describeModels) return listed;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const late = whenAborted(AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS + GRACE_MS)]));
  try {
    const reach = await new Connections({ client }).reachOf(bound, limit);
    const ask = askerOf(bound, { client, signal: limit, reach });
    const asked = provider.describeModels({ listed, wanted: namedModels(bound), ask });
    const described = await Promise.race([asked, late.promise]);
    signal.throwIfAborted();
    return isListOfFacts(described) ? described : listed;
  } catch {
    signal.throwIfAborted();
    return listed;
  } finally {
    late.forget();
  }
}

interface Asking extends Pick<CatalogueIo, 'client' | 'signal'> {
  readonly reach: Reach | undefined;
}

function askerOf(bound: BoundProfile, { client, signal, reach }: Asking): DescribeIo['ask'] {
  let calls = 0;
  return async (path, body) => {
    calls += 1;
    const request = calls > MOST_CALLS ? undefined : questionOf(bound, reach, path, body);
    if (request === undefined) return undefined;
    try {
      const response = await client.send(request, CLOCKS, signal);
      if (response.status >= 200 && response.status < 300) return JSON.parse(await response.text(MOST_BYTES)) as Json;
      response.cancel();
    } catch {
      // An older server, or one that does not answer now: what the list says is enough.
    }
    return undefined;
  };
}

/** A question with the profile's headers and credential, to the host of its address and to no other. */
function questionOf(bound: BoundProfile, reach: Reach | undefined, path: string, body: JsonObject | undefined) {
  const base = reach?.baseUrl ?? bound.homeUrl;
  if (base === undefined || !path.startsWith('/')) return undefined;
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const request = composeRequest(bound, { operation: 'models', model: '', ...text }, reach);
  return request && { ...request, url: `${base.replace(/\/v1$/, '')}${path}` };
}

function isListOfFacts(value: unknown): value is readonly ModelFacts[] {
  return Array.isArray(value) && value.every((entry) => isJsonObject(entry) && typeof entry['id'] === 'string');
}

function whenAborted(signal: AbortSignal): { promise: Promise<undefined>; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const settle = (): void => resolve(undefined);
  if (signal.aborted) settle();
  signal.addEventListener('abort', settle, { once: true });
  return { promise, forget: () => signal.removeEventListener('abort', settle) };
}
