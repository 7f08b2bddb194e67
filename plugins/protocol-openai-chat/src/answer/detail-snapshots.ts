import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { ChatReasoningDetail } from '../wire.ts';
import { detailText, textFieldOf } from './reasoning-details.ts';

/** Turns lists that repeat everything so far (MiniMax) into lists of what is new. */
export class DetailSnapshots {
  readonly #seen: JsonObject[] = [];

  /** What this list adds to the ones before it. */
  news(details: readonly (ChatReasoningDetail | null)[]): JsonObject[] {
    const news: JsonObject[] = [];
    for (const [position, detail] of details.entries()) {
      if (!isJsonObject(detail)) continue;
      const seen = this.#seen[position];
      this.#seen[position] = detail;
      const added = seen === undefined ? detail : difference(seen, detail);
      if (added !== undefined) news.push(added);
    }
    return news;
  }
}

/** The entry with its new text only; `undefined` where it says nothing new. */
function difference(seen: JsonObject, detail: JsonObject): JsonObject | undefined {
  const before = detailText(seen);
  const text = detailText(detail);
  // A text that does not continue the one before is no repetition, whatever the provider usually does.
  const added = text.startsWith(before) ? text.slice(before.length) : text;
  const isSame = seen['signature'] === detail['signature'] && seen['data'] === detail['data'];
  if (added === '' && isSame) return undefined;
  const field = textFieldOf(detail);
  return field === undefined ? detail : { ...detail, [field]: added };
}
