import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { parseJson, textOf } from '../values.ts';
import type { Offer, PrintedCall } from './markup-dialect.ts';

/** Reads `{"name":…,"arguments":{…}}`; `undefined` when it is not a call of a tool that was offered. */
export function callOfJson(value: unknown, offer: Offer): PrintedCall | undefined {
  if (!isJsonObject(value)) return undefined;
  return callOf(textOf(value['name']), value['arguments'] ?? value['parameters'], offer);
}

/** A call from its name and its arguments: an object, JSON text of one, or nothing. */
export function callOf(name: string | undefined, value: unknown, offer: Offer): PrintedCall | undefined {
  if (name === undefined || !offer.has(name)) return undefined;
  const input: unknown = typeof value === 'string' ? parseJson(value) : (value ?? {});
  return isJsonObject(input) ? { name, arguments: input } : undefined;
}

/** A call from parameters that were printed one by one, without their types. */
export function callOfTexts(
  name: string,
  texts: readonly (readonly [parameter: string, text: string])[],
  offer: Offer,
): PrintedCall {
  const properties = offer.schemaOf(name)?.['properties'];
  const schemas = isJsonObject(properties) ? properties : {};
  return {
    name,
    arguments: Object.fromEntries(
      texts.map(([parameter, text]) => [
        parameter,
        valueOfText(text, Object.hasOwn(schemas, parameter) ? schemas[parameter] : undefined),
      ]),
    ),
  };
}

/** Text where the schema wants text; else what it says as JSON, else text. */
function valueOfText(text: string, schema: Json | undefined): Json {
  if (isJsonObject(schema) && wantsText(schema)) return text;
  const value = parseJson(text) as Json | undefined;
  if (value === undefined) return text;
  // A number that cannot be written back as it was is a name made of digits.
  return typeof value === 'number' && String(value) !== text.trim() ? text : value;
}

function wantsText({ type, enum: values }: JsonObject): boolean {
  if (type !== undefined) return type === 'string';
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}
