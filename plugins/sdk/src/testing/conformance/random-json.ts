import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import type { Random } from './random.ts';

const SCALARS: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e300,
  '',
  'x',
  ' ',
  '\ud800',
  '[DONE]',
  'null',
  '__proto__',
  'a'.repeat(500),
];

const KEYS = ['type', 'id', 'name', 'index', 'content', 'text', 'error', 'message', 'code', 'usage', '__proto__', ''];

/** Any JSON at all. */
export function randomJson(random: Random, depth = 3): Json {
  if (depth === 0 || random.chance(0.4)) return random.pick(SCALARS);
  return random.chance(0.4) ? random.list(3, () => randomJson(random, depth - 1)) : randomObject(random, depth);
}

/** Any JSON object, with names of fields that protocols use. */
export function randomObject(random: Random, depth = 3): JsonObject {
  const entries = random.list(4, (): [string, Json] => [random.pick(KEYS), randomJson(random, depth - 1)]);
  return Object.fromEntries(entries);
}

/** The same JSON with one or a few places changed: replaced, left out, or wrapped in a list. */
export function mutate(random: Random, value: Json): Json {
  let mutated = value;
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1) mutated = mutateOnce(random, mutated);
  return mutated;
}

/** Goes down to a random place, copying only what lies on the way. */
function mutateOnce(random: Random, value: Json): Json {
  const keys = Array.isArray(value) ? [...value.keys()].map(String) : isJsonObject(value) ? Object.keys(value) : [];
  if (keys.length === 0 || random.chance(0.15)) return random.chance(0.1) ? [value] : randomJson(random, 2);
  const key = random.pick(keys);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => (String(index) === key ? shift(random, item) : [item]));
  }
  const entries = Object.entries(value as JsonObject);
  return Object.fromEntries(
    entries.flatMap(([name, item]) =>
      name === key ? shift(random, item).map((changed): [string, Json] => [name, changed]) : [[name, item]],
    ),
  );
}

function shift(random: Random, item: Json): Json[] {
  return random.chance(0.1) ? [] : [mutateOnce(random, item)];
}
