import { expect } from 'chai';
import type { ContentBlock, JsonObject, Message } from '@claudex/sdk';
import { sealState } from '@claudex/sdk/codec';
import fc from 'fast-check';
import { encode } from '../support/encode.ts';
import { problemsOf } from '../support/problems-of.ts';

const KEY = { protocol: 'google-gemini', origin: 'somewhere', model: 'gemini-3.8-flash' };

const word = fc.nat({ max: 9_999 }).map((value) => `w${value}.`);
const id = fc.constantFrom('a', 'b', 'c', 'call:d|1', 'x'.repeat(64), 'y'.repeat(65), '__proto__');
const text = fc.oneof(word, fc.constant('')).map((value): ContentBlock => ({ type: 'text', text: value }));
const image = word.map((data): ContentBlock => ({
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data },
}));
const call = id.map((value): ContentBlock => ({ type: 'tool_use', id: value, name: 'Read', input: {} }));
const result = fc
  .tuple(id, fc.array(fc.oneof(text, image), { maxLength: 2 }), fc.boolean())
  .map(([value, content, is_error]): ContentBlock => ({ type: 'tool_result', tool_use_id: value, content, is_error }));
const state = fc.oneof(
  fc.constant<JsonObject>({ thought: { signature: 's' } }),
  fc.constant<JsonObject>({ thought: {}, text: { length: 5, signature: 's' } }),
  fc.constant<JsonObject>({ text: { length: 0, signature: 's' }, raw: [{ toolCall: {} }] }),
  id.map((value): JsonObject => ({ call: { id: value, signature: 's' } })),
);
const thinking = fc.oneof(
  fc.constant<ContentBlock>({ type: 'thinking', thinking: 'hm' }),
  state.map((value): ContentBlock => ({ type: 'thinking', thinking: 'hm', signature: sealState(KEY, value) })),
);
const content = {
  user: fc.array(fc.oneof(text, image, result), { maxLength: 4 }),
  assistant: fc.array(fc.oneof(text, call, thinking), { maxLength: 4 }),
  system: fc.array(text, { maxLength: 2 }),
};
const message: fc.Arbitrary<Message> = fc
  .constantFrom('user', 'assistant', 'system')
  .chain((role) => fc.record({ role: fc.constant(role), content: content[role] }));

describe('any conversation', () => {
  it('becomes one that the provider takes, the same every time', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        const before = structuredClone(messages);
        const { body, losses } = encode({ messages });
        expect(problemsOf(body.contents)).to.deep.equal([]);
        expect(messages).to.deep.equal(before);
        expect(JSON.stringify(encode({ messages }))).to.equal(JSON.stringify({ body, losses }));
      }),
      { numRuns: 1000 },
    );
  });

  it('begins with what it had before when a turn is added', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), content.assistant, content.user, (messages, said, next) => {
        const start: Message[] = [...messages, { role: 'user', content: [{ type: 'text', text: 'go' }] }];
        const grown: Message[] = [
          ...start,
          { role: 'assistant', content: [{ type: 'text', text: 'well' }, ...said] },
          { role: 'user', content: next },
        ];
        const before = encode({ messages: start }).body.contents;
        const after = encode({ messages: grown }).body.contents;
        expect(JSON.stringify(after.slice(0, before.length))).to.equal(JSON.stringify(before));
      }),
      { numRuns: 1000 },
    );
  });
});
