import { isJsonObject, type Json } from '../../index.ts';

const LONGEST_VALUE = 200;

type Words = (value: Json) => string | undefined;

/** What a constraint asks for, in a few words. Keywords that are not here ask for nothing a model should know. */
const WORDS: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['pattern', (value) => text('pattern', value)],
  ['format', (value) => text('format', value)],
  ['minLength', (value) => count('at least', value, 'character')],
  ['maxLength', (value) => count('at most', value, 'character')],
  ['minItems', (value) => count('at least', value, 'item')],
  ['maxItems', (value) => count('at most', value, 'item')],
  ['minContains', (value) => count('at least', value, 'matching item')],
  ['maxContains', (value) => count('at most', value, 'matching item')],
  ['minProperties', (value) => count('at least', value, 'property', 'properties')],
  ['maxProperties', (value) => count('at most', value, 'property', 'properties')],
  ['uniqueItems', (value) => (value === true ? 'no item twice' : undefined)],
  ['minimum', (value) => json('minimum', value)],
  ['maximum', (value) => json('maximum', value)],
  ['exclusiveMinimum', (value) => (typeof value === 'number' ? json('more than', value) : undefined)],
  ['exclusiveMaximum', (value) => (typeof value === 'number' ? json('less than', value) : undefined)],
  ['multipleOf', (value) => json('a multiple of', value)],
  ['const', (value) => json('always', value)],
  ['enum', (value) => (Array.isArray(value) ? list('one of', value) : undefined)],
  ['default', (value) => json('default', value)],
  ['propertyNames', (value) => json('property names', value)],
  ['patternProperties', (value) => json('properties by pattern', value)],
  ['additionalProperties', (value) => (isJsonObject(value) ? json('further properties', value) : undefined)],
  ['contains', (value) => json('contains', value)],
  ['dependentRequired', (value) => json('properties that need others', value)],
  ['anyOf', (value) => json('any of', value)],
  ['not', (value) => json('not', value)],
  ['if', (value) => json('if', value)],
  ['then', (value) => json('then', value)],
  ['else', (value) => json('else', value)],
]);

/** A constraint in words; `undefined` where there is nothing to say, or too much. */
export function wordsOf(keyword: string, value: Json): string | undefined {
  const words = WORDS.get(keyword)?.(value);
  return words === undefined || words.length > LONGEST_VALUE ? undefined : words;
}

function text(before: string, value: Json): string | undefined {
  return typeof value === 'string' ? `${before} ${value}` : undefined;
}

function json(before: string, value: Json): string | undefined {
  const written = JSON.stringify(value);
  return written === '{}' ? undefined : `${before} ${written}`;
}

function list(before: string, values: readonly Json[]): string | undefined {
  return values.length === 0 ? undefined : `${before} ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

function count(before: string, value: Json, one: string, many = `${one}s`): string | undefined {
  return typeof value === 'number' ? `${before} ${value} ${value === 1 ? one : many}` : undefined;
}
