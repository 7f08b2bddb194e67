import type { JsonObject } from '../../index.ts';
import { DEEPEST_HOLDER, plainSchema } from './common-steps.ts';
import { RefInliner, withoutDefinitions } from './inline-refs.ts';
import { isSame, mergeAll } from './merge-schemas.ts';
import { RefGraph } from './ref-graph.ts';
import type { SchemaChanges } from './schema-changes.ts';

/** Replaces every reference but those to something that contains itself: these lead into `$defs` of the root. */
export function keepRecursiveRefs(root: JsonObject, document: JsonObject, changes: SchemaChanges): JsonObject {
  const definitions = new Definitions();
  const graph = new RefGraph(document);
  const inliner = new RefInliner(
    document,
    {
      leave: ({ ref, schema }, beside) =>
        graph.isRecursive(ref) ? { $ref: definitions.refTo(ref, schema) } : plainSchema(mergeAll([beside, schema])),
      keeps: (ref) => graph.isRecursive(ref),
      deepest: DEEPEST_HOLDER,
    },
    changes,
  );
  const bare = withoutDefinitions(root);
  const inlined = inliner.inline(bare, '');
  const defs = definitions.collect((schema, path) => inliner.inline(schema, path, 1));
  const { $defs: before, definitions: old } = root;
  const isUnchanged = old === undefined && (defs === undefined ? before === undefined : isSame(defs, before ?? null));
  if (isUnchanged && inlined === bare) return root;
  if (!isUnchanged) changes.note('', '$defs');
  return defs === undefined ? inlined : { ...inlined, $defs: defs };
}

/** What references still lead to, by its new name. */
class Definitions {
  readonly #names = new Map<string, string>();
  readonly #schemas: JsonObject[] = [];

  /** The new reference to what an old one led to. The root keeps its own. */
  refTo(ref: string, schema: JsonObject): string {
    if (ref === '#') return ref;
    let name = this.#names.get(ref);
    if (name === undefined) {
      name = this.#newName(ref);
      this.#names.set(ref, name);
      this.#schemas.push(schema);
    }
    return `#/$defs/${name}`;
  }

  /** All definitions; adapting one may bring up more. */
  collect(adapt: (schema: JsonObject, path: string) => JsonObject): JsonObject | undefined {
    const adapted: JsonObject[] = [];
    for (let index = 0; index < this.#schemas.length; index += 1) {
      const name = [...this.#names.values()][index] ?? '';
      adapted.push(adapt(this.#schemas[index] ?? {}, `$defs.${name}`));
    }
    const names = [...this.#names.values()];
    return names.length === 0
      ? undefined
      : Object.fromEntries(names.map((name, index) => [name, adapted[index] ?? {}]));
  }

  #newName(ref: string): string {
    const stem = ref.slice(ref.lastIndexOf('/') + 1).replaceAll(/[^\w.-]/g, '_') || 'schema';
    const taken = new Set(this.#names.values());
    let name = stem;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}_${count}`;
    return name;
  }
}
