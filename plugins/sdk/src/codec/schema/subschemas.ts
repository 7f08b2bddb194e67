import { isJsonObject, type Json, type JsonObject } from '../../index.ts';

/** How a keyword holds other schemas. Values of all other keywords are data, also where they look like schemas. */
const HOLDERS: ReadonlyMap<string, 'one' | 'list' | 'one-or-list' | 'named'> = new Map([
  ['items', 'one-or-list'],
  ['additionalItems', 'one'],
  ['unevaluatedItems', 'one'],
  ['prefixItems', 'list'],
  ['contains', 'one'],
  ['properties', 'named'],
  ['patternProperties', 'named'],
  ['additionalProperties', 'one'],
  ['unevaluatedProperties', 'one'],
  ['propertyNames', 'one'],
  ['dependentSchemas', 'named'],
  ['dependencies', 'named'],
  ['anyOf', 'list'],
  ['allOf', 'list'],
  ['oneOf', 'list'],
  ['not', 'one'],
  ['if', 'one'],
  ['then', 'one'],
  ['else', 'one'],
  ['contentSchema', 'one'],
  ['$defs', 'named'],
  ['definitions', 'named'],
]);

/** Takes a schema inside another one. `keyword` holds it, `path` leads to it from the root, e.g. `properties.path.items`. */
export type VisitSubschema = (schema: Json, keyword: string, path: string) => Json;

/** Whether this keyword holds other schemas. */
export function holdsSchemas(keyword: string): boolean {
  return HOLDERS.has(keyword);
}

/** Whether a keyword that holds schemas holds something else, so that nobody can read it. */
export function isMalformedHolder(keyword: string, held: Json): boolean {
  const holder = HOLDERS.get(keyword);
  if (holder === undefined) return false;
  if (holder === 'named') return !isJsonObject(held);
  if (Array.isArray(held)) return holder === 'one';
  return holder === 'list' || !(isJsonObject(held) || typeof held === 'boolean');
}

/** Replaces the schemas directly inside a schema, and returns the very same one where none of them changes. */
export function mapSubschemas(schema: JsonObject, path: string, visit: VisitSubschema): JsonObject {
  let result: JsonObject | undefined;
  for (const keyword in schema) {
    const holder = HOLDERS.get(keyword);
    const held = schema[keyword];
    if (holder === undefined || held === undefined) continue;
    const mapped = mapHeld(held, holder, keyword, path === '' ? keyword : `${path}.${keyword}`, visit);
    if (mapped === held) continue;
    result ??= { ...schema };
    result[keyword] = mapped;
  }
  return result ?? schema;
}

/** `place` is the path of what the keyword holds. */
function mapHeld(held: Json, holder: string, keyword: string, place: string, visit: VisitSubschema): Json {
  if (holder === 'named') return isJsonObject(held) ? mapNamed(held, keyword, place, visit) : held;
  if (!Array.isArray(held)) return holder === 'list' ? held : visit(held, keyword, place);
  if (holder === 'one') return held;
  const mapped = held.map((child, index) => visit(child, keyword, `${place}.${index}`));
  return mapped.some((child, index) => child !== held[index]) ? mapped : held;
}

/** Nearly always nothing changes, and then nothing is copied. */
function mapNamed(held: JsonObject, keyword: string, place: string, visit: VisitSubschema): JsonObject {
  let changed: Map<string, Json> | undefined;
  for (const name in held) {
    const child = held[name] ?? null;
    const mapped = visit(child, keyword, `${place}.${name}`);
    if (mapped !== child) (changed ??= new Map()).set(name, mapped);
  }
  if (changed === undefined) return held;
  // Not an assignment: a property may be called `__proto__`.
  return Object.fromEntries(Object.entries(held).map(([name, child]) => [name, changed.get(name) ?? child]));
}
