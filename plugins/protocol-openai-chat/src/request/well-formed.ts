import type { Json } from '@claudex/sdk';
import type { LossLog } from '@claudex/sdk/codec';

/**
 * Replaces halves of characters, as tools leave them where they cut an output short: JSON can carry them, but most
 * servers refuse the whole request for one. What is in order already is returned as it is, not copied.
 */
export function wellFormed<Value extends Json>(value: Value): Value {
  return isWellFormed(value) ? value : (mended(value) as Value);
}

/** Records, once, that halves of characters were replaced. */
export function noteHalfCharacters(losses: LossLog, path: string): void {
  losses.once('adjusted', path, 'half_character', 'Halves of characters were replaced, because servers refuse them.');
}

function isWellFormed(value: Json): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  for (const key in value) {
    if (!key.isWellFormed() || !isWellFormed(value[key] ?? null)) return false;
  }
  return true;
}

function mended(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mended);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toWellFormed(), mended(entry)]));
}
