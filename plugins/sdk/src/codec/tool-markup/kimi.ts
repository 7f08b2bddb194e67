import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { MarkupDialect, Offer, PrintedCall } from './markup-dialect.ts';
import { callOf } from './printed-call.ts';

const BEGIN = '<|tool_call_begin|>';

/**
 * Kimi: `<|tool_calls_section_begin|>`, then per call `<|tool_call_begin|>functions.name:0`,
 * `<|tool_call_argument_begin|>{…}` and `<|tool_call_end|>`.
 */
export const kimi: MarkupDialect = {
  openings: ['<|tool_calls_section_begin|>', BEGIN],
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
    yield* cursor.mayClose('<|tool_calls_section_end|>');
  },
};

function* readCall(cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const id = yield* cursor.until('<|tool_call_argument_begin|>', 256);
  const name = id === undefined ? undefined : nameIn(id.trim());
  if (name === undefined || !offer.has(name)) return undefined;
  yield* cursor.space();
  const call = callOf(name, yield* cursor.json(), offer);
  yield* cursor.space();
  return (yield* cursor.takes('<|tool_call_end|>')) ? call : undefined;
}

/** The name in `functions.name:0`. */
function nameIn(id: string): string {
  return id.slice(id.startsWith('functions.') ? 'functions.'.length : 0).replace(/:\d+$/, '');
}
