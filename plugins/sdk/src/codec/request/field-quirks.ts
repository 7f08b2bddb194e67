import type { JsonObject, Quirks } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import { mergeTables } from './quirks-in-force.ts';

/** Fields that providers refuse when the one they belong to is left out. */
const COMPANIONS: { readonly [field: string]: readonly string[] } = {
  tools: ['tool_choice', 'parallel_tool_calls'],
};

/**
 * A body with the top-level fields that a provider wants in every request, and without those that it refuses, each of
 * which is a loss. A table becomes one with what stands there, so that a switch can be refined.
 */
export function withFieldQuirks(body: JsonObject, quirks: Quirks, losses: LossLog): JsonObject {
  const { extraFields = {}, omitFields = [] } = quirks;
  const rest: JsonObject = { ...body };
  for (const field of omitFields) {
    if (!(field in rest)) continue;
    for (const companion of COMPANIONS[field] ?? []) Reflect.deleteProperty(rest, companion);
    Reflect.deleteProperty(rest, field);
    losses.dropped(field, field, 'This provider refuses the field.');
  }
  const added = Object.entries(extraFields).filter(([field]) => !omitFields.includes(field));
  return mergeTables(rest, Object.fromEntries(added));
}
