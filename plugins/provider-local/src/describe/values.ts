import { isJsonObject, type Json, type JsonObject } from '@claudex/sdk';

/** No window is larger; what is, is no count of tokens. */
const MOST_TOKENS = 1_000_000_000;

/** The value behind a path of fields; undefined where one of them is missing. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value;
  for (const step of path) found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

/** The entries of a list that are objects. */
export function entries(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The first of these that is a count of tokens. */
export function firstSize(...values: readonly (Json | undefined)[]): number | undefined {
  return values.find((value): value is number => isSize(value));
}

/** The smallest of these that are counts of tokens. */
export function leastSize(...values: readonly (Json | undefined)[]): number | undefined {
  const sizes = values.filter((value): value is number => isSize(value));
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

function isSize(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_TOKENS;
}

/** What a model takes, where it is known whether it sees. */
export function modalitiesFor(sees: boolean) {
  return { input: sees ? ['text', 'image'] : ['text'], output: ['text'] } as const;
}
