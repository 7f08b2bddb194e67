import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';

/** What a model must be able to do to be of use here. */
const METHOD = 'generateContent';

/** Reads the list of models into ids without the `models/` in front; models that only embed or draw are left out. */
export function decodeModels(body: JsonObject): string[] {
  const list: unknown = body['models'] ?? body['publisherModels'];
  if (!Array.isArray(list)) return [];
  const ids = list.map((entry: unknown) => (isJsonObject(entry) && answers(entry) ? idOf(entry) : undefined));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function answers({ supportedGenerationMethods: methods }: JsonObject): boolean {
  return !Array.isArray(methods) || methods.includes(METHOD);
}

/** `models/x`, or at Vertex `publishers/google/models/x`. */
function idOf({ name }: JsonObject): string | undefined {
  const path = textOf(name);
  return path === undefined ? undefined : textOf(path.slice(path.lastIndexOf('/') + 1));
}
