import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';

/** Reads a list of models into ids: `data` as OpenAI has it, `models` or names instead of ids as others do. */
export function decodeModels(body: JsonObject): string[] {
  const list: unknown = body['data'] ?? body['models'];
  if (!Array.isArray(list)) return [];
  const ids = list.map((entry: unknown) =>
    isJsonObject(entry) ? (textOf(entry['id']) ?? textOf(entry['slug']) ?? textOf(entry['name'])) : textOf(entry),
  );
  return [...new Set(ids.filter((id) => id !== undefined))];
}
