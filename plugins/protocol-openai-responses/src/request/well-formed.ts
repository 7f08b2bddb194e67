import type { Json } from '@claudex/sdk';
import type { LossLog } from '@claudex/sdk/codec';

/*
 * Tools that cut an output short can leave half of a character behind. JSON can carry it, but most servers refuse the
 * whole request for one.
 */

/** Whether there is half a character anywhere in a value, its field names included. */
export function hasHalfCharacters(value: Json): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasHalfCharacters);
  for (const key in value) {
    if (!key.isWellFormed() || hasHalfCharacters(value[key] ?? null)) return true;
  }
  return false;
}

/** A copy of a value in which halves of characters are replaced. */
export function mendCharacters(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mendCharacters);
  const entries = Object.entries(value).map(([key, entry]) => [key.toWellFormed(), mendCharacters(entry)]);
  return Object.fromEntries(entries) as Json;
}

/** Writes a value as JSON text, in which halves of characters are replaced and recorded. */
export function wellFormedJson(value: Json, path: string, losses: LossLog): string {
  const json = JSON.stringify(value);
  // In JSON text half a character stands as an escape, and so does a text that only looks like one.
  if (!json.includes(String.raw`\ud`) || !hasHalfCharacters(value)) return json;
  noteHalfCharacters(path, losses);
  return JSON.stringify(mendCharacters(value));
}

/** Records that halves of characters were replaced. */
export function noteHalfCharacters(path: string, losses: LossLog): void {
  losses.once('adjusted', path, 'half_character', 'Halves of characters were replaced, because servers refuse them.');
}
