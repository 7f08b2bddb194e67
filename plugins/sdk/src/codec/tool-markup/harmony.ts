import type { MarkupDialect } from './markup-dialect.ts';
import { callOf } from './printed-call.ts';

/** The recipient stands before or after the channel: `commentary to=functions.Read <|constrain|>json`. */
const RECIPIENT = /\bto=(?:functions\.)?([^\s<]+)/;

/** gpt-oss: `<|channel|>commentary to=functions.name <|constrain|>json<|message|>{…}<|call|>`. */
export const harmony: MarkupDialect = {
  openings: ['<|channel|>', '<|start|>assistant'],
  *read(cursor, offer, found) {
    const header = yield* cursor.until('<|message|>', 256);
    const name = header === undefined ? undefined : RECIPIENT.exec(header)?.[1];
    if (name === undefined || !offer.has(name)) return;
    yield* cursor.space();
    const call = callOf(name, yield* cursor.json(), offer);
    if (call === undefined) return;
    found(call);
    // Servers usually keep this one to themselves: it ends the answer.
    yield* cursor.mayClose('<|call|>');
  },
};
