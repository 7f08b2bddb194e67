import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { Offer, PrintedCall } from './markup-dialect.ts';
import { callOfTexts } from './printed-call.ts';

/** GLM: `name`, then pairs of `<arg_key>k</arg_key>` and `<arg_value>v</arg_value>`, up to `</tool_call>`. */
export function* readGlmCall(cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const name = yield* cursor.word(/[^\s<]/);
  if (name === undefined || !offer.has(name)) return undefined;
  const texts: [string, string][] = [];
  yield* cursor.space();
  while (yield* cursor.takes('<arg_key>')) {
    const key = yield* cursor.until('</arg_key>', 256);
    yield* cursor.space();
    const text = (yield* cursor.takes('<arg_value>')) ? yield* cursor.until('</arg_value>') : undefined;
    if (key === undefined || text === undefined) return undefined;
    texts.push([key.trim(), text]);
    yield* cursor.space();
  }
  return callOfTexts(name, texts, offer);
}
