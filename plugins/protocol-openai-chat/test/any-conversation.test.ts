import { expect } from 'chai';
import type { ContentBlock, Message, Quirks } from '@claudex/sdk';
import fc from 'fast-check';
import { encodeRequest } from '../src/request.ts';
import type { ChatMessage, ChatRequest } from '../src/wire.ts';
import { contextOf, PNG } from '@claudex/sdk/testing';

const id = fc.constantFrom('a', 'b', 'c', 'call:d|1', 'x'.repeat(64));
const text = fc.string({ maxLength: 6 }).map((value): ContentBlock => ({ type: 'text', text: value }));
const call = id.map((value): ContentBlock => ({ type: 'tool_use', id: value, name: 'Read', input: {} }));
const result = fc
  .tuple(id, fc.array(fc.oneof(text, fc.constant(PNG)), { maxLength: 2 }))
  .map(([value, content]): ContentBlock => ({ type: 'tool_result', tool_use_id: value, content }));
const thinking = fc.constant<ContentBlock>({ type: 'thinking', thinking: 'hm' });
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom('user', 'assistant', 'system'),
  content: fc.array(fc.oneof(text, call, result, thinking, fc.constant(PNG)), { maxLength: 4 }),
});
const quirks: fc.Arbitrary<Quirks> = fc.record(
  {
    midConversationSystem: fc.constantFrom('user', 'keep'),
    toolCallIdMaxLength: fc.constantFrom(9, 40),
    images: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** What every provider refuses, as sentences. */
function problemsOf(messages: readonly ChatMessage[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  let open: string[] = [];
  let before: string | undefined;
  for (const entry of messages) {
    if (entry.role === 'tool') {
      if (open.shift() !== entry.tool_call_id) problems.push('a result that does not answer the next call');
    } else if (open.length > 0) problems.push(`${entry.role} between a call and its result`);
    if (entry.content === '' || entry.content?.length === 0) problems.push(`an empty ${entry.role} message`);
    if (entry.role === before && entry.role === 'user') problems.push('two user messages in a row');
    if (entry.role === 'assistant') {
      open = (entry.tool_calls ?? []).map((value) => value.id);
      if (entry.content === null && open.length === 0) problems.push('an assistant message that says nothing');
      for (const value of open) {
        if (ids.has(value)) problems.push('an id used twice');
        ids.add(value);
      }
    }
    before = entry.role;
  }
  if (open.length > 0) problems.push('a call without a result at the end');
  return problems;
}

describe('any conversation', () => {
  it('becomes one that every provider takes, the same every time', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), quirks, (messages, deviations) => {
        const before = structuredClone(messages);
        const { body, losses } = encodeRequest(contextOf({ messages }, deviations));
        expect(problemsOf((body as unknown as ChatRequest).messages)).to.deep.equal([]);
        expect(messages).to.deep.equal(before);
        expect(encodeRequest(contextOf({ messages }, deviations))).to.deep.equal({ body, losses });
      }),
      { numRuns: 1000 },
    );
  });
});
