import { isJsonObject, type Json, type JsonObject, type Usage } from '@claudex/sdk';

const INPUT_FIELDS: readonly string[] = ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'];
const MODELLED = new Set([...INPUT_FIELDS, 'output_tokens']);

/** Reads token counts; what is absent, `null` or no count at all is taken as not reported. */
export function decodeUsage(wire: Json | undefined): Usage {
  const read = (field: string): number | undefined => {
    const value = isJsonObject(wire) ? wire[field] : undefined;
    return isCount(value) ? value : undefined;
  };
  const cacheRead = read('cache_read_input_tokens');
  const cacheCreation = read('cache_creation_input_tokens');
  return {
    input_tokens: read('input_tokens') ?? 0,
    output_tokens: read('output_tokens') ?? 0,
    ...(cacheRead !== undefined && { cache_read_input_tokens: cacheRead }),
    ...(cacheCreation !== undefined && { cache_creation_input_tokens: cacheCreation }),
  };
}

/** What a usage object says beyond token counts, such as the number of web searches; `undefined` when nothing. */
export function usageExtras(wire: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(wire)) return undefined;
  const extras = Object.entries(wire).filter(([field, value]) => value !== null && !MODELLED.has(field));
  return extras.length === 0 ? undefined : Object.fromEntries(extras);
}

/**
 * Adds a later usage report of the same answer to an earlier one. The later figure wins, but a report whose input
 * counts are all zero does not erase earlier ones: some providers report the input at the start only.
 */
export function mergeUsage(earlier: JsonObject, later: Json | undefined): JsonObject {
  if (!isJsonObject(later)) return earlier;
  const reportsInput = INPUT_FIELDS.some((field) => Number(later[field]) > 0);
  const merged = { ...earlier };
  for (const [field, value] of Object.entries(later)) {
    const isBlank = value === 0 && !reportsInput && INPUT_FIELDS.includes(field) && merged[field] !== undefined;
    const isNonsense = MODELLED.has(field) && !isCount(value);
    if (value !== null && !isBlank && !isNonsense) merged[field] = value;
  }
  return merged;
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
