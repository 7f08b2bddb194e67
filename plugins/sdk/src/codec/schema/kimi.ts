import { isJsonObject, type JsonObject } from '../../index.ts';
import { mergeAllOf, oneOfToAnyOf, settleAlternatives } from './combination-steps.ts';
import { constToEnum, fillType, leaveOutMalformed, requireOnlyProperties, tupleToItems } from './common-steps.ts';
import { keepRecursiveRefs } from './keep-recursive-refs.ts';
import { plainRoot } from './plain-root.ts';
import { rewriteSchema, type SchemaStep } from './rewrite-schema.ts';
import type { SchemaChanges } from './schema-changes.ts';
import { typesOf, typesOfValues } from './schema-types.ts';
import { splitTypes } from './split-types.ts';

/**
 * Writes a schema as Moonshot's validator wants it: references only where something contains itself, into `$defs` of
 * the root and with nothing beside them; a type on everything, that fits its values; nothing about types beside `anyOf`.
 */
export function forKimi(schema: JsonObject, changes: SchemaChanges): JsonObject {
  return rewriteSchema(keepRecursiveRefs(plainRoot(schema, changes), schema, changes), STEPS, changes);
}

/** Values decide about the type: the validator compares them. */
const fitTypeToValues: SchemaStep = (schema, notes) => {
  const values = schema['enum'];
  if (!Array.isArray(values)) return schema;
  const needed = typesOfValues(values);
  const named = typesOf(schema);
  const fits = needed.every((type) => named.includes(type) || (type === 'integer' && named.includes('number')));
  if (fits && named.length === needed.length) return schema;
  if (fits && !Array.isArray(schema['type'])) return schema;
  notes.changed('type');
  const [first] = needed;
  return { ...schema, type: needed.length === 1 && first !== undefined ? first : needed };
};

/** Several types may stand together only where nothing else does. */
const severalTypesAlone: SchemaStep = (schema, notes) => {
  const others = Object.keys(schema).filter(
    (keyword) => keyword !== 'type' && keyword !== 'description' && keyword !== 'title',
  );
  const isAlone = others.length === 0 && typesOf(schema).length > 1;
  return isAlone ? schema : splitTypes(schema, notes);
};

/** Items of any kind are said by saying nothing. */
const noEmptyItems: SchemaStep = (schema, notes) => {
  const { items, ...rest } = schema;
  if (!(isJsonObject(items) && Object.keys(items).length === 0) && typeof items !== 'boolean') return schema;
  notes.changed('items');
  return { ...rest, type: schema['type'] ?? 'array' };
};

const STEPS: readonly SchemaStep[] = [
  leaveOutMalformed,
  mergeAllOf,
  oneOfToAnyOf,
  settleAlternatives,
  constToEnum,
  tupleToItems,
  noEmptyItems,
  fitTypeToValues,
  fillType('string'),
  severalTypesAlone,
  requireOnlyProperties,
];
