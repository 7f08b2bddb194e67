import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { mergeAll, mergeAny, requiredOf } from './merge-schemas.ts';
import { SchemaNotes, type SchemaChanges } from './schema-changes.ts';
import { followRef, isRef } from './schema-refs.ts';
import { typesOf } from './schema-types.ts';

/** Deeper combinations of combinations are not looked into. */
const DEEPEST = 20;
const MOST_PARTS = 2000;
const ALTERNATIVES = ['anyOf', 'oneOf'] as const;

/**
 * Makes the root of a schema a plain object, as OpenAI, Anthropic and those after them want it. What is combined at the
 * root is merged into one set of properties. All below stays as it is, and so does a root that is plain already.
 */
export function plainRoot(schema: JsonObject, changes: SchemaChanges): JsonObject {
  const notes = new SchemaNotes(changes);
  let root = new RootFlattener(schema, notes).flatten(schema);
  for (const keyword of ['enum', 'const', 'not']) {
    if (!Object.hasOwn(root, keyword)) continue;
    const { [keyword]: value, ...rest } = root;
    notes.cut(keyword, value);
    root = rest;
  }
  return notes.describe(asObject(root, notes));
}

function asObject(root: JsonObject, notes: SchemaNotes): JsonObject {
  let result: JsonObject | undefined;
  const set = (keyword: string, value: Json): void => {
    notes.changed(keyword);
    result ??= { ...root };
    result[keyword] = value;
  };
  if (root['type'] !== 'object') set('type', 'object');
  if (!isJsonObject(root['properties'])) set('properties', {});
  const { required } = root;
  if (required !== undefined && requiredOf(root).length !== (Array.isArray(required) ? required.length : -1)) {
    set('required', requiredOf(root));
  }
  return result ?? root;
}

/** Merges what is combined at the root, or in a part of it, into one schema. */
class RootFlattener {
  readonly #document: JsonObject;
  readonly #notes: SchemaNotes;
  /** References lead back to where they came from, in ever more ways. */
  #left = MOST_PARTS;

  constructor(document: JsonObject, notes: SchemaNotes) {
    this.#document = document;
    this.#notes = notes;
  }

  flatten(schema: JsonObject, depth = 0): JsonObject {
    this.#left -= 1;
    if (depth > DEEPEST || this.#left < 0) return withoutCombinations(schema);
    let flat = isRef(schema) ? this.#resolve(schema, depth) : schema;
    if (Object.hasOwn(flat, 'allOf')) {
      const { allOf, ...rest } = flat;
      this.#note('allOf', depth);
      flat = mergeAll([rest, ...this.#parts(allOf, depth)]);
    }
    for (const keyword of ALTERNATIVES) {
      if (!Object.hasOwn(flat, keyword)) continue;
      const { [keyword]: parts, ...rest } = flat;
      this.#note(keyword, depth);
      flat = mergeAlternatives(rest, this.#parts(parts, depth), this.#notes);
    }
    return flat;
  }

  #resolve({ $ref: ref, ...rest }: JsonObject, depth: number): JsonObject {
    this.#note('$ref', depth);
    const target = followRef(this.#document, ref);
    // A root that refers to itself says nothing more.
    if (target === undefined || target.schema === this.#document) return rest;
    return this.flatten(mergeAll([rest, ...target.passed, target.schema]), depth + 1);
  }

  #parts(list: Json | undefined, depth: number): JsonObject[] {
    const parts: Json[] = Array.isArray(list) ? list : [];
    return parts.map((part) => this.flatten(isJsonObject(part) ? part : {}, depth + 1));
  }

  #note(keyword: string, depth: number): void {
    if (depth === 0) this.#notes.changed(keyword);
  }
}

function withoutCombinations(schema: JsonObject): JsonObject {
  const { $ref: _ref, allOf: _allOf, anyOf: _anyOf, oneOf: _oneOf, ...rest } = schema;
  return rest;
}

/** Merges alternatives into the schema they stand in. Only objects count: arguments are nothing else. */
export function mergeAlternatives(rest: JsonObject, parts: readonly JsonObject[], notes: SchemaNotes): JsonObject {
  const objects = parts.filter((part) => typesOf(part).length === 0 || typesOf(part).includes('object'));
  if (objects.length === 0) return rest;
  const sets = new Set(objects.map((part) => requiredOf(part).join(' and ')));
  if (sets.size > 1) notes.say(`required are ${[...sets].map((names) => names || 'none').join(', or ')}`);
  return mergeAll([rest, mergeAny(objects)]);
}
