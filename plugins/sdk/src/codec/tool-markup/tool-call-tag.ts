import type { MarkupDialect } from './markup-dialect.ts';
import { callOfJson } from './printed-call.ts';
import { readFunctionTag } from './function-tag.ts';
import { readGlmCall } from './glm.ts';

/**
 * Hermes, Qwen and GLM: `<tool_call>{"name":…,"arguments":{…}}</tool_call>`. Qwen-coder and later GLM models use the
 * same tag around markup of their own.
 */
export const toolCallTag: MarkupDialect = {
  openings: ['<tool_call>'],
  *read(cursor, offer, found) {
    yield* cursor.space();
    let call;
    if (yield* cursor.sees('{')) call = callOfJson(yield* cursor.json(), offer);
    else if (yield* cursor.takes('<function=')) call = yield* readFunctionTag(cursor, offer);
    else call = yield* readGlmCall(cursor, offer);
    if (call === undefined) return;
    yield* cursor.space();
    if (yield* cursor.takes('</tool_call>')) found(call);
  },
};
