import type { MarkupCursor, Reading } from './markup-cursor.ts';
import type { MarkupDialect, Offer, PrintedCall } from './markup-dialect.ts';
import { callOf, callOfTexts } from './printed-call.ts';

/** Qwen-coder, whose parameters stand on lines of their own, and Llama 3, which prints JSON. */
export const functionTag: MarkupDialect = {
  openings: ['<function='],
  *read(cursor, offer, found) {
    const call = yield* readFunctionTag(cursor, offer);
    if (call === undefined) return;
    found(call);
    // Qwen-coder sometimes forgets the tag that this one closes.
    yield* cursor.mayClose('</tool_call>');
  },
};

/** Reads `name>…</function>`. */
export function* readFunctionTag(cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const name = yield* cursor.until('>', 256);
  if (name === undefined || !offer.has(name)) return undefined;
  yield* cursor.space();
  const isJson = yield* cursor.sees('{');
  const call = isJson ? callOf(name, yield* cursor.json(), offer) : yield* readParameters(name, cursor, offer);
  yield* cursor.space();
  return call !== undefined && (yield* cursor.takes('</function>')) ? call : undefined;
}

function* readParameters(name: string, cursor: MarkupCursor, offer: Offer): Reading<PrintedCall | undefined> {
  const texts: [string, string][] = [];
  while (yield* cursor.takes('<parameter=')) {
    const parameter = yield* cursor.until('>', 256);
    const text = parameter === undefined ? undefined : yield* cursor.until('</parameter>');
    if (parameter === undefined || text === undefined) return undefined;
    texts.push([parameter, withoutFrame(text)]);
    yield* cursor.space();
  }
  return callOfTexts(name, texts, offer);
}

/** The line breaks between the tags and the value do not belong to it. */
function withoutFrame(text: string): string {
  return text.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
}
