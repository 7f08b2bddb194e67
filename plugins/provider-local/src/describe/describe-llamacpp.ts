import type { DescribeIo, Json, ModelFacts } from '@claudex/sdk';
import { at, entries, firstSize, modalitiesFor } from './values.ts';

/** More models than that nobody has in memory. */
const MOST_LOADED = 4;

/**
 * Asks llama-server for the window that a conversation has (`/props`). A server for one model answers for that one; one
 * for several says in its list which are loaded, and answers for each (unverified).
 */
export async function describeLlamaCpp({ listed, ask }: DescribeIo): Promise<readonly ModelFacts[]> {
  const [only, ...others] = listed;
  if (only !== undefined && others.length === 0) return [described(only, await ask('/props'))];
  const loaded = loadedModels(await ask('/v1/models'));
  if (loaded === undefined) return listed;
  const asked = listed.filter(({ id }) => loaded.has(id)).slice(0, MOST_LOADED);
  const properties = new Map(
    await Promise.all(asked.map(async ({ id }) => [id, await ask(`/props?model=${encodeURIComponent(id)}`)] as const)),
  );
  return listed.map((facts) =>
    loaded.has(facts.id) ? described(facts, properties.get(facts.id)) : { ...facts, loaded: false },
  );
}

/** Undefined where the list does not say it. */
function loadedModels(body: Json | undefined): Set<string> | undefined {
  const states = entries(at(body, 'data')).flatMap((entry) => {
    const state = at(entry, 'status', 'value');
    return typeof entry['id'] === 'string' && typeof state === 'string' ? [{ id: entry['id'], state }] : [];
  });
  if (states.length === 0) return undefined;
  return new Set(states.flatMap(({ id, state }) => (state === 'loaded' ? [id] : [])));
}

function described(facts: ModelFacts, properties: Json | undefined): ModelFacts {
  const contextWindow = firstSize(at(properties, 'default_generation_settings', 'n_ctx'), at(properties, 'n_ctx'));
  const sees = at(properties, 'modalities', 'vision');
  const tools = at(properties, 'chat_template_caps', 'supports_tools');
  return {
    ...facts,
    loaded: true,
    ...(contextWindow !== undefined && { contextWindow }),
    ...(typeof sees === 'boolean' && { modalities: modalitiesFor(sees) }),
    ...(typeof tools === 'boolean' && { tools }),
  };
}
