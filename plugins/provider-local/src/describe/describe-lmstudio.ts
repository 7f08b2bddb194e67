import type { DescribeIo, Json, JsonObject, ModelFacts } from '@claudex/sdk';
import { at, entries, firstSize, leastSize, modalitiesFor } from './values.ts';

/** What LM Studio says of one model; null where it cannot chat. */
type Described = Omit<ModelFacts, 'id'> | null;

/** Asks LM Studio which models are loaded and with what window, by its newer list or else by the older one. */
export async function describeLmStudio({ listed, ask }: DescribeIo): Promise<readonly ModelFacts[]> {
  const found = readNewer(await ask('/api/v1/models')) ?? readOlder(await ask('/api/v0/models'));
  if (found === undefined) return listed;
  return listed.flatMap((facts) => {
    const described = found.get(facts.id);
    return described === null ? [] : [{ ...facts, ...described }];
  });
}

/** `/api/v1/models`: a model stands in the plain list by its key, or by the name of a loaded instance. */
function readNewer(body: Json | undefined): Map<string, Described> | undefined {
  const models = entries(at(body, 'models'));
  if (models.length === 0) return undefined;
  return new Map(
    models.flatMap((model): (readonly [string, Described])[] => {
      const { key } = model;
      if (typeof key !== 'string') return [];
      const instances = entries(model['loaded_instances']);
      const named = instances.flatMap((instance) =>
        typeof instance['id'] === 'string' ? [[instance['id'], factsOf(model, [instance])] as const] : [],
      );
      return [[key, factsOf(model, instances)] as const, ...named];
    }),
  );
}

function factsOf(model: JsonObject, instances: readonly JsonObject[]): Described {
  if (model['type'] === 'embedding') return null;
  const tools = at(model, 'capabilities', 'trained_for_tool_use');
  const sees = at(model, 'capabilities', 'vision');
  const contextWindow = leastSize(...instances.map(lengthOf)) ?? firstSize(model['max_context_length']);
  return {
    loaded: instances.length > 0,
    ...(typeof tools === 'boolean' && { tools }),
    ...(typeof sees === 'boolean' && { modalities: modalitiesFor(sees) }),
    ...(contextWindow !== undefined && { contextWindow }),
  };
}

/** In which field an instance has its length is unverified. */
function lengthOf(instance: JsonObject): Json | undefined {
  return firstSize(
    at(instance, 'config', 'context_length'),
    instance['context_length'],
    instance['loaded_context_length'],
  );
}

/** `/api/v0/models`, which LM Studio had before 0.4. */
function readOlder(body: Json | undefined): Map<string, Described> | undefined {
  const models = entries(at(body, 'data'));
  if (models.length === 0) return undefined;
  return new Map(
    models.flatMap((model): (readonly [string, Described])[] => {
      const { id, type, state } = model;
      if (typeof id !== 'string') return [];
      if (type === 'embeddings') return [[id, null] as const];
      const loaded = state === 'loaded';
      const contextWindow = firstSize(loaded ? model['loaded_context_length'] : undefined, model['max_context_length']);
      const can = model['capabilities'];
      const facts = {
        loaded,
        ...(Array.isArray(can) && { tools: can.includes('tool_use') }),
        ...(typeof type === 'string' && { modalities: modalitiesFor(type === 'vlm') }),
        ...(contextWindow !== undefined && { contextWindow }),
      };
      return [[id, facts] as const];
    }),
  );
}
