import type { Json } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import { DEEPEST, cutDepth, isNestedTooDeep } from '../nesting.ts';

/*
 * Tools that cut an output short can leave half of a character behind. JSON can carry it, but most servers refuse the
 * whole request for one.
 */

/**
 * Replaces halves of characters anywhere in a value, its field names included, and records once that this was done.
 * What is in order already is returned as it is, not copied.
 */
export function mendCharacters<Value extends Json>(value: Value, path: string, losses: LossLog): Value {
  if (isSound(value, DEEPEST)) return value;
  if (isNestedTooDeep(value)) return mendCharacters(withoutDepth(value, path, losses) as Value, path, losses);
  losses.once('adjusted', path, 'half_character', 'Halves of characters were replaced, because servers refuse them.');
  return mended(value) as Value;
}

/** Writes a value as JSON text in which halves of characters are replaced, and records once that this was done. */
export function mendedJson(value: Json, path: string, losses: LossLog): string {
  const json = JSON.stringify(isNestedTooDeep(value) ? withoutDepth(value, path, losses) : value);
  // In JSON text half a character stands as an escape, and so does a text that only looks like one.
  return json.includes(String.raw`\ud`) ? JSON.stringify(mendCharacters(value, path, losses)) : json;
}

function withoutDepth(value: Json, path: string, losses: LossLog): Json {
  losses.once('degraded', path, 'nesting', `What is nested more than ${DEEPEST} levels deep was replaced by null.`);
  return cutDepth(value);
}

/** Whether there is neither half a character in a value nor anything below `levels`: one walk, because bodies are large. */
function isSound(value: Json, levels: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const entry of value) if (!isSound(entry, levels - 1)) return false;
    return true;
  }
  for (const key in value) {
    if (!key.isWellFormed() || !isSound(value[key] ?? null, levels - 1)) return false;
  }
  return true;
}

function mended(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mended);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toWellFormed(), mended(entry)]));
}
