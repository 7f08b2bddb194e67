import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { mergeAll } from './merge-schemas.ts';
import type { SchemaChanges } from './schema-changes.ts';
import { followRef, isRef, type RefTarget } from './schema-refs.ts';
import { mapSubschemas } from './subschemas.ts';

/** Where inlining stops. */
export interface InlineRules {
  /** What stands in for a reference that is not followed; `beside` is what stood beside it. */
  readonly leave: (target: RefTarget, beside: JsonObject) => JsonObject;
  /** Whether this reference is never followed. */
  readonly keeps?: (ref: string) => boolean;
  /** Deepest schema in which references are followed; the root is 0. */
  readonly deepest: number;
}

/** Most schemas that following references may make. */
const MOST_MADE = 5000;

/** Replaces references by what they lead to, and leaves out the definitions. */
export class RefInliner {
  readonly #document: JsonObject;
  readonly #rules: InlineRules;
  readonly #changes: SchemaChanges;
  #made = 0;

  /** `document` is the schema in which references are looked up. */
  constructor(document: JsonObject, rules: InlineRules, changes: SchemaChanges) {
    this.#document = document;
    this.#rules = rules;
    this.#changes = changes;
  }

  /** Takes the schema at a path. References that lead back into `active` ones are not followed. */
  inline(schema: JsonObject, path: string, depth = 0, active: readonly string[] = []): JsonObject {
    if (active.length > 0) this.#made += 1;
    const plain = withoutDefinitions(schema);
    if (plain !== schema && depth > 0) this.#changes.note(path, '$defs');
    if (!isRef(plain)) return this.#inlineInside(plain, path, depth, active);
    const { $ref: ref, ...beside } = plain;
    const target = followRef(this.#document, ref);
    if (target !== undefined && !this.#follows(target, depth, active)) {
      const left = this.#rules.leave(target, beside);
      if (left['$ref'] === ref && Object.keys(beside).length === 0) return plain;
      this.#changes.note(path, '$ref');
      return left;
    }
    this.#changes.note(path, '$ref');
    if (target === undefined) return this.#inlineInside(beside, path, depth, active);
    const merged = withoutDefinitions(mergeAll([beside, ...target.passed, target.schema]));
    return this.#inlineInside(merged, path, depth, [...active, target.ref]);
  }

  #inlineInside(schema: JsonObject, path: string, depth: number, active: readonly string[]): JsonObject {
    return mapSubschemas(schema, path, (child: Json, _keyword, place) =>
      isJsonObject(child) ? this.inline(child, place, depth + 1, active) : child,
    );
  }

  #follows({ ref }: RefTarget, depth: number, active: readonly string[]): boolean {
    if (this.#rules.keeps?.(ref) === true || active.includes(ref)) return false;
    return depth < this.#rules.deepest && this.#made < MOST_MADE;
  }
}

/** The schema without its definitions; the very same one where it has none. */
export function withoutDefinitions(schema: JsonObject): JsonObject {
  if (!Object.hasOwn(schema, '$defs') && !Object.hasOwn(schema, 'definitions')) return schema;
  const { $defs: _defs, definitions: _definitions, ...rest } = schema;
  return rest;
}
