import type { Json, JsonObject } from '../../index.ts';
import { cutDepth, fillType, leaveOutMalformed } from './common-steps.ts';
import { inlineAll } from './inline-all.ts';
import { plainRoot } from './plain-root.ts';
import { rewriteSchema, without, type SchemaStep } from './rewrite-schema.ts';
import type { SchemaChanges } from './schema-changes.ts';

/** A grammar grows with every repetition that it has to count. */
const MOST_REPETITIONS = 256;
const COUNTS: ReadonlySet<string> = new Set(['minLength', 'maxLength', 'minItems', 'maxItems']);

const LONGEST_PATTERN = 128;
/** Anchored, and nothing but letters, sets, groups and simple repetitions: no escapes, no look-around, no counts. */
const SIMPLE_PATTERN = /^\^(?:\[\^?[\w \-.:@/,]+\]|[\w \-:@/,]|\((?!\?)|[)|+*?.])*\$$/;

/** llama.cpp fails on a schema with neither a type nor one of these; one of all types is fine. */
const UNDERSTOOD = ['enum', 'const', 'properties', 'additionalProperties', 'items', 'prefixItems', 'pattern'];
const ANY_TYPE: Json = ['string', 'number', 'boolean', 'object', 'array', 'null'];

/** Cuts a schema down to what servers can turn into a grammar in reasonable time. */
export function forGrammar(schema: JsonObject, changes: SchemaChanges): JsonObject {
  return rewriteSchema(inlineAll(plainRoot(schema, changes), schema, changes), STEPS, changes);
}

const simplePatterns: SchemaStep = (schema, notes) => {
  if (schema['pattern'] === undefined || isSimple(schema['pattern'])) return schema;
  const { pattern, ...rest } = schema;
  notes.cut('pattern', pattern);
  return rest;
};

function isSimple(pattern: Json): boolean {
  if (typeof pattern !== 'string' || pattern.length > LONGEST_PATTERN || !SIMPLE_PATTERN.test(pattern)) return false;
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

const fewRepetitions: SchemaStep = (schema, notes) =>
  without(
    schema,
    (keyword, count) => COUNTS.has(keyword) && !(typeof count === 'number' && count >= 0 && count <= MOST_REPETITIONS),
    (keyword, value) => notes.cut(keyword, value),
  );

const fillAnyType = fillType(ANY_TYPE);
const sayWhatItIs: SchemaStep = (schema, notes) =>
  UNDERSTOOD.some((keyword) => Object.hasOwn(schema, keyword)) ? schema : fillAnyType(schema, notes);

const STEPS: readonly SchemaStep[] = [leaveOutMalformed, simplePatterns, fewRepetitions, cutDepth, sayWhatItIs];
