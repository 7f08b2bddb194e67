import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { MarkupDialect, Offer, PrintedCall } from './markup-dialect.ts';
import { callOf, callOfJson } from './printed-call.ts';

/** Mistral: `[TOOL_CALLS] [{"name":…,"arguments":{…}}]`, later `[TOOL_CALLS]name[ARGS]{…}` once per call. */
export const mistral: MarkupDialect = {
  openings: ['[TOOL_CALLS]'],
  *read(cursor, offer, found) {
    yield* cursor.space();
    if (yield* cursor.sees('[')) {
      yield* readList(cursor, offer, found);
      return;
    }
    const isJson = yield* cursor.sees('{');
    const call = isJson ? callOfJson(yield* cursor.json(), offer) : yield* readNamed(cursor, offer);
    if (call !== undefined) found(call);
  },
};

/** One wrong entry makes the whole list text: the entries have no ends of their own to stop at. */
function* readList(cursor: MarkupCursor, offer: Offer, found: (call: PrintedCall) => void): Reading<void> {
  const list = yield* cursor.json();
  const entries: unknown[] = Array.isArray(list) ? list : [];
  const calls = entries.map((entry) => callOfJson(entry, offer)).filter((call) => call !== undefined);
  if (calls.length === entries.length) calls.forEach((call) => found(call));
}

function* readNamed(cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const name = yield* cursor.word(/[^\s[{]/);
  if (name === undefined || !offer.has(name)) return undefined;
  if (yield* cursor.takes('[CALL_ID]')) yield* cursor.word(/\w/);
  yield* cursor.takes('[ARGS]');
  yield* cursor.space();
  return callOf(name, yield* cursor.json(), offer);
}
