import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { MarkupDialect, Offer, PrintedCall } from './markup-dialect.ts';
import { callOfTexts } from './printed-call.ts';

/** The element around the calls, and what stands before the names of the elements inside it. */
const CONTAINERS: { readonly [container: string]: string } = {
  'minimax:tool_call': '',
  function_calls: '',
  'antml:function_calls': 'antml:',
  '｜DSML｜function_calls': '｜DSML｜',
};

/** MiniMax, DeepSeek 3.2 and models that imitate Claude: `<invoke name="…"><parameter name="…">…</parameter></invoke>`. */
export const invokeDialects: readonly MarkupDialect[] = Object.entries(CONTAINERS).map(([container, prefix]) => ({
  openings: [`<${container}>`],
  *read(cursor, offer, found) {
    yield* cursor.space();
    while (yield* cursor.takes(`<${prefix}invoke name="`)) {
      const call = yield* readInvoke(prefix, cursor, offer);
      if (call === undefined) return;
      found(call);
      yield* cursor.space();
    }
    yield* cursor.mayClose(`</${container}>`);
  },
}));

function* readInvoke(prefix: string, cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const name = yield* cursor.until('">', 256);
  if (name === undefined || !offer.has(name)) return undefined;
  const texts: [string, string][] = [];
  yield* cursor.space();
  while (yield* cursor.takes(`<${prefix}parameter name="`)) {
    const parameter = yield* cursor.until('"', 256);
    const attributes = yield* cursor.until('>', 256);
    const text = attributes === undefined ? undefined : yield* cursor.until(`</${prefix}parameter>`);
    if (parameter === undefined || text === undefined) return undefined;
    texts.push([parameter, text]);
    yield* cursor.space();
  }
  return (yield* cursor.takes(`</${prefix}invoke>`)) ? callOfTexts(name, texts, offer) : undefined;
}
