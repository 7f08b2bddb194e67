import { isJsonObject, type Json, type JsonObject, type ModelFacts, type Protocol } from '@claudex/sdk';
import { readEntry } from './read-entry.ts';

/** What one answer of a provider's list holds. */
export interface ModelPage {
  readonly models: readonly ModelFacts[];
  /** Where the next page begins; absent on the last one. */
  readonly after?: string;
}

/**
 * Reads a page of any of the known shapes: `data`, `models` or a bare list. The protocol's own reader decides which models
 * there are where it finds some. Undefined when there is no list at all.
 */
export function readPage(body: Json, protocol: Protocol): ModelPage | undefined {
  const owner: JsonObject = isJsonObject(body) ? body : { data: body };
  const list = owner['data'] ?? owner['models'];
  if (!Array.isArray(list)) return undefined;
  const read = list.map(readEntry).filter((facts) => facts !== undefined);
  // Entries that cannot chat were left out above; the protocol's reader knows only ids.
  const models = read.length > 0 ? read : idsOf(owner, list, protocol);
  const { has_more: hasMore, last_id: after } = owner;
  return { models, ...(hasMore === true && typeof after === 'string' && after !== '' && { after }) };
}

/** Entries of a shape that only the protocol's plugin knows. */
function idsOf(owner: JsonObject, list: readonly Json[], protocol: Protocol): ModelFacts[] {
  if (list.length === 0) return [];
  try {
    return (protocol.decodeModels?.(owner) ?? []).map(readEntry).filter((facts) => facts !== undefined);
  } catch {
    return [];
  }
}
