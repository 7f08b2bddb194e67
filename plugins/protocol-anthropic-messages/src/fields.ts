import { invalidRequest, isJsonObject, type Json, type JsonObject } from '@claudex/sdk';

/*
 * Readers of single fields. Each throws an invalid-request error that names the field's exact path. A field that is
 * `null` counts as absent, as it does at the vendor.
 */

/** A string that must be there. */
export function requiredString(wire: JsonObject, field: string, path: string): string {
  const value = wire[field];
  if (typeof value !== 'string') throw invalidRequest(join(path, field), 'must be a string');
  return value;
}

/** A string that must be there and say something: a name or an id. */
export function requiredName(wire: JsonObject, field: string, path: string): string {
  const value = requiredString(wire, field, path);
  if (value === '') throw invalidRequest(join(path, field), 'must not be empty');
  return value;
}

/** An object that must be there. */
export function requiredObject(wire: JsonObject, field: string, path: string): JsonObject {
  return asObject(wire[field], join(path, field));
}

/** A value that must be an object. */
export function asObject(value: Json | undefined, path: string): JsonObject {
  if (!isJsonObject(value)) throw invalidRequest(path, 'must be an object');
  return value;
}

/** Checks a value of an optional field; `undefined` when the field is absent. */
export function optional<Value extends Json>(
  wire: JsonObject,
  field: string,
  path: string,
  fits: (value: Json) => value is Value,
  problem: string,
): Value | undefined {
  const value = wire[field];
  if (value === undefined || value === null) return undefined;
  if (!fits(value)) throw invalidRequest(join(path, field), problem);
  return value;
}

/** The fields that are there. */
export function defined<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export const isString = (value: Json): value is string => typeof value === 'string';
export const isBoolean = (value: Json): value is boolean => typeof value === 'boolean';
export const isNumber = (value: Json): value is number => typeof value === 'number' && Number.isFinite(value);
export const isCount = (value: Json): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isList = (value: Json): value is Json[] => Array.isArray(value);
export const isStringList = (value: Json): value is string[] => isList(value) && value.every(isString);

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}
