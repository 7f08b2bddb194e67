import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { mergeAllOf, oneOfToAnyOf, settleAlternatives } from './combination-steps.ts';
import {
  constToEnum,
  cutDepth,
  fillType,
  leaveOutMalformed,
  requireOnlyProperties,
  tupleToItems,
} from './common-steps.ts';
import { inlineAll } from './inline-all.ts';
import { mergeAll } from './merge-schemas.ts';
import { plainRoot } from './plain-root.ts';
import { rewriteSchema, without, type SchemaStep } from './rewrite-schema.ts';
import type { SchemaChanges } from './schema-changes.ts';
import { splitTypes } from './split-types.ts';
import { typesOf, typesOfValues } from './schema-types.ts';

/** What Gemini's `parameters` may contain. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'type nullable required format description properties items enum anyOf minItems maxItems minLength maxLength'
    .concat(' minProperties maxProperties')
    .split(' '),
);

const FORMATS: ReadonlySet<Json> = new Set(['enum', 'date-time']);

/** Cuts a schema down to the list of keywords that Gemini's `parameters` may contain, at most 24 schemas deep. */
export function forGemini(schema: JsonObject, changes: SchemaChanges): JsonObject {
  return rewriteSchema(inlineAll(plainRoot(schema, changes), schema, changes), STEPS, changes);
}

/** `null` is not a type there but a property of the others. */
const nullToNullable: SchemaStep = (schema, notes) => {
  const types = typesOf(schema);
  const { enum: values, ...rest } = schema;
  const kept = Array.isArray(values) ? values.filter((value) => value !== null) : [];
  if (!types.includes('null') && (!Array.isArray(values) || kept.length === values.length)) return schema;
  notes.changed('type');
  const others = types.filter((type) => type !== 'null');
  return {
    ...rest,
    type: others.length > 1 ? others : (others[0] ?? typesOfValues(kept)[0] ?? 'string'),
    nullable: true,
    ...(kept.length > 0 && { enum: kept }),
  };
};

const nullAlternative: SchemaStep = (schema, notes) => {
  if (!Array.isArray(schema['anyOf'])) return schema;
  const { anyOf, ...rest } = schema;
  const parts = anyOf.map((part) => (isJsonObject(part) ? part : {}));
  const others = parts.filter((part) => !(typesOf(part).length === 1 && typesOf(part)[0] === 'null'));
  if (others.length === parts.length && parts.length > 1) return schema;
  notes.changed('anyOf');
  const nullable = others.length < parts.length || rest['nullable'] === true;
  const outer = nullable ? { ...rest, nullable } : rest;
  return others.length > 1 ? { ...outer, anyOf: others } : mergeAll([outer, others[0] ?? { type: 'string' }]);
};

/** Values are texts there, and not empty ones. */
const textsOnly: SchemaStep = (schema, notes) => {
  if (!Array.isArray(schema['enum'])) return schema;
  const { enum: values, ...rest } = schema;
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  if (texts.length === values.length && schema['type'] === 'string') return schema;
  if (texts.length === values.length) {
    notes.changed('type');
    return { ...schema, type: 'string' };
  }
  notes.cut('enum', values);
  return rest;
};

const fewFormats: SchemaStep = (schema, notes) => {
  if (schema['format'] === undefined || FORMATS.has(schema['format'])) return schema;
  const { format, ...rest } = schema;
  notes.cut('format', format);
  return rest;
};

const knownKeywords: SchemaStep = (schema, notes) =>
  without(
    schema,
    (keyword) => !KEYWORDS.has(keyword),
    (keyword, value) => notes.cut(keyword, value),
  );

/** A list must say what its items are. */
const fillItems: SchemaStep = (schema, notes) => {
  if (schema['type'] !== 'array' || schema['items'] !== undefined) return schema;
  notes.changed('items');
  return { ...schema, items: { type: 'string' } };
};

const STEPS: readonly SchemaStep[] = [
  leaveOutMalformed,
  mergeAllOf,
  oneOfToAnyOf,
  settleAlternatives,
  constToEnum,
  tupleToItems,
  fillType('string'),
  nullAlternative,
  nullToNullable,
  splitTypes,
  textsOnly,
  fewFormats,
  cutDepth,
  knownKeywords,
  requireOnlyProperties,
  fillItems,
];
