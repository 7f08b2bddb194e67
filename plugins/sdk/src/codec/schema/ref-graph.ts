import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { withoutDefinitions } from './inline-refs.ts';
import { followRef } from './schema-refs.ts';
import { mapSubschemas } from './subschemas.ts';

/** Most schemas that are looked at; what is not known by then counts as recursive. */
const MOST_LOOKED_AT = 1_000_000;

/** Which references of a document lead to schemas that contain themselves. */
export class RefGraph {
  readonly #document: JsonObject;
  readonly #edges = new Map<string, ReadonlySet<string>>();
  readonly #known = new Map<string, boolean>();
  #left = MOST_LOOKED_AT;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Whether a canonical reference leads to something in which it can be met again. */
  isRecursive(ref: string): boolean {
    let known = this.#known.get(ref);
    if (known === undefined) {
      known = this.#search(ref);
      this.#known.set(ref, known);
    }
    return known;
  }

  #search(ref: string): boolean {
    const seen = new Set<string>();
    const open = [...this.#edgesOf(ref)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.#left -= 1;
      if (next === ref || this.#left < 0) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...this.#edgesOf(next));
    }
    return false;
  }

  /** The references inside of what a reference leads to. */
  #edgesOf(ref: string): ReadonlySet<string> {
    const known = this.#edges.get(ref);
    if (known !== undefined) return known;
    const edges = new Set<string>();
    const target = followRef(this.#document, ref);
    for (const schema of target === undefined ? [] : [target.schema, ...target.passed]) this.#collect(schema, edges);
    this.#edges.set(ref, edges);
    return edges;
  }

  #collect(schema: Json, edges: Set<string>): Json {
    this.#left -= 1;
    if (!isJsonObject(schema) || this.#left < 0) return schema;
    const target = schema['$ref'] === undefined ? undefined : followRef(this.#document, schema['$ref']);
    if (target !== undefined) edges.add(target.ref);
    // Definitions count only where something refers to them.
    return mapSubschemas(withoutDefinitions(schema), '', (child) => this.#collect(child, edges));
  }
}
