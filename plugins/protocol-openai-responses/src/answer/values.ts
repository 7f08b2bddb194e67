import { isJsonObject } from '@claudex/sdk';

/** A text, `''` for everything that is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A position in a list, 0 where the server gives none. */
export function position(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The objects of a list, nothing for everything that is none. */
export function objects(value: unknown): { [field: string]: unknown }[] {
  return Array.isArray(value) ? value.filter((entry) => isJsonObject(entry)) : [];
}

/** A string as it stands inside JSON, without its quotes. */
export function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
