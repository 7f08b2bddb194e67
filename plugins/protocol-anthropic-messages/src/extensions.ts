import { isJsonObject, type Extensions, type Json, type JsonObject } from '@claudex/sdk';

/** The id of this protocol; also the key of its slot in every `ext`. */
export const PROTOCOL_ID = 'anthropic-messages';

/** The fields of a wire object that the canonical form does not model, by reference; `undefined` when there are none. */
export function unmodelled(wire: JsonObject, modelled: ReadonlySet<string>): JsonObject | undefined {
  let rest: JsonObject | undefined;
  for (const field in wire) {
    if (!modelled.has(field)) (rest ??= {})[field] = wire[field] ?? null;
  }
  return rest;
}

/** The `ext` property that carries such fields, to be spread into a canonical object. */
export function extensionOf(rest: Json | undefined): { ext?: Extensions } {
  return rest === undefined ? {} : { ext: { [PROTOCOL_ID]: rest } };
}

/** The fields that {@link extensionOf} put away. */
export function extensionFields(ext: Extensions | undefined): JsonObject {
  const own = ext?.[PROTOCOL_ID];
  return isJsonObject(own) ? own : {};
}
