import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { withFieldQuirks } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';

/**
 * Adds the fields a provider wants in every request and takes out those it refuses, each with a loss. Here a name may be
 * a path with dots, because nearly all parameters stand inside a few objects.
 */
export function applyFieldQuirks(body: JsonObject, { context: { quirks }, losses }: Encoding): JsonObject {
  let inner = body;
  for (const path of quirks.omitFields ?? []) {
    if (!path.includes('.')) continue;
    const left = without(inner, path.split('.'));
    if (left !== inner) losses.dropped(path, 'refused_field', 'This provider refuses the field.');
    inner = left;
  }
  const result = withFieldQuirks(inner, quirks, losses);
  // Without the tools it speaks of it is refused.
  if (result['tools'] === undefined) Reflect.deleteProperty(result, 'toolConfig');
  return result;
}

/** A copy without the field that a path of names leads to; the very same object where there is none. */
function without(body: JsonObject, [name = '', ...inner]: readonly string[]): JsonObject {
  const held = Object.hasOwn(body, name) ? body[name] : undefined;
  if (held === undefined) return body;
  if (inner.length === 0) {
    const { [name]: _left, ...rest } = body;
    return rest;
  }
  if (!isJsonObject(held)) return body;
  const left = without(held, inner);
  return left === held ? body : { ...body, [name]: left };
}
