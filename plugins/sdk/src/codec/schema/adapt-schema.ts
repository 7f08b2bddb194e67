import { isJsonObject, type JsonObject, type SchemaDialect } from '../../index.ts';
import { dropLostRefs } from './drop-refs.ts';
import { forGemini } from './gemini.ts';
import { forGrammar } from './grammar.ts';
import { forKimi } from './kimi.ts';
import { plainRoot } from './plain-root.ts';
import { SchemaChanges } from './schema-changes.ts';
import { excessOf } from './schema-limits.ts';
import { forStrict } from './strict.ts';

/*
 * Providers take different parts of JSON Schema in the tools they are offered, and refuse the whole request for one
 * keyword too many. A dialect cuts a schema down as far as its servers need and no further. Keywords are known by where
 * they stand: a property may be called `pattern`, and what stands under `enum`, `const`, `default` or `examples` is data.
 */

/** A tool's schema as a provider takes it, or why it cannot be made to. */
export type AdaptedSchema =
  | {
      readonly schema: JsonObject;
      /** What was changed, e.g. `properties.path: pattern`; empty when the schema is passed on as it is. */
      readonly changes: readonly string[];
    }
  | { readonly problem: string };

const ADAPTERS = {
  full: (schema) => schema,
  'plain-root': (schema, changes) => dropLostRefs(plainRoot(schema, changes), changes),
  gemini: forGemini,
  kimi: forKimi,
  strict: forStrict,
  grammar: forGrammar,
} as const satisfies { [Dialect in SchemaDialect]: (schema: JsonObject, changes: SchemaChanges) => JsonObject };

/** What was cut can take the reason away for what else was done, such as keeping a reference. */
const MOST_ROUNDS = 5;

/**
 * Cuts a schema down to what a dialect takes, and no further. Constraints that are cut are put into the description of
 * their schema, in one short sentence. A schema that has nothing to cut is returned as it is, and what this returns has
 * nothing left to cut. Never throws, and never changes its argument.
 */
export function adaptSchema(schema: unknown, dialect: SchemaDialect): AdaptedSchema {
  if (!isJsonObject(schema)) return { problem: 'the schema is not an object' };
  const excess = excessOf(schema);
  if (excess !== undefined) return { problem: excess };
  const changes = new SchemaChanges();
  let adapted = schema;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = adapted;
    adapted = ADAPTERS[dialect](before, changes);
    if (adapted === before) break;
  }
  return { schema: adapted, changes: changes.entries };
}
