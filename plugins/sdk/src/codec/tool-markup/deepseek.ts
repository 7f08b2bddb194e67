import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { MarkupDialect, Offer, PrintedCall } from './markup-dialect.ts';
import { callOf } from './printed-call.ts';

const BEGIN = '<｜tool▁call▁begin｜>';
const SEPARATOR = '<｜tool▁sep｜>';
const END = '<｜tool▁call▁end｜>';

/**
 * DeepSeek: `<｜tool▁calls▁begin｜>`, then per call `<｜tool▁call▁begin｜>name<｜tool▁sep｜>{…}<｜tool▁call▁end｜>`. V3 and
 * R1 print `function` in front of the separator, and behind it the name and the JSON in a code fence.
 */
export const deepseek: MarkupDialect = {
  openings: ['<｜tool▁calls▁begin｜>', BEGIN],
  *read(cursor, offer, found) {
    // The opening may have been the one of the first call.
    yield* cursor.space();
    yield* cursor.takes(BEGIN);
    do {
      const call = yield* readCall(cursor, offer);
      if (call === undefined) return;
      found(call);
      yield* cursor.space();
    } while (yield* cursor.takes(BEGIN));
    yield* cursor.mayClose('<｜tool▁calls▁end｜>');
  },
};

function* readCall(cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  let name = yield* cursor.until(SEPARATOR, 256);
  if (name === 'function' && !(yield* cursor.sees('{'))) name = yield* cursor.word(/[^\s`{]/);
  if (name === undefined || !offer.has(name)) return undefined;
  yield* cursor.space();
  if (yield* cursor.takes('```json')) yield* cursor.space();
  const call = callOf(name, yield* cursor.json(), offer);
  yield* cursor.space();
  yield* cursor.takes('```');
  yield* cursor.space();
  return (yield* cursor.takes(END)) ? call : undefined;
}
