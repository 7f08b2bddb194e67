import type { MarkupDialect } from './markup-dialect.ts';
import { callOfJson } from './printed-call.ts';

/** Llama 3: `<|python_tag|>{"name":…,"parameters":{…}}`, several with semicolons between them. */
export const llama: MarkupDialect = {
  openings: ['<|python_tag|>'],
  *read(cursor, offer, found) {
    do {
      yield* cursor.space();
      const call = callOfJson(yield* cursor.json(), offer);
      if (call === undefined) return;
      found(call);
      yield* cursor.space();
    } while (yield* cursor.takes(';'));
    yield* cursor.mayClose('<|eom_id|>');
    yield* cursor.mayClose('<|eot_id|>');
  },
};
