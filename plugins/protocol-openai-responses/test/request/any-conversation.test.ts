import { expect } from 'chai';
import type { ContentBlock, JsonObject, Message, Quirks } from '@claudex/sdk';
import { sealState } from '@claudex/sdk/codec';
import fc from 'fast-check';
import { encodeMessages } from './support/encode.ts';
import { problemsOf, spokenBy } from './support/problems-of.ts';

const KEY = { protocol: 'openai-responses', origin: 'example', model: 'upstream-model' };

/** Texts and pictures that can be found again. */
const word = fc.nat({ max: 9_999 }).map((value) => `w${value}.`);
const id = fc.constantFrom('a', 'b', 'c', 'call:d|1', 'x'.repeat(64), 'y'.repeat(65), '__proto__');
const text = fc.oneof(word, fc.constant('')).map((value): ContentBlock => ({ type: 'text', text: value }));
const image = word.map((data): ContentBlock => ({
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data },
}));
const call = id.map((value): ContentBlock => ({ type: 'tool_use', id: value, name: 'Read', input: {} }));
const reference = fc.constant<ContentBlock>({ type: 'tool_reference', tool_name: 'Late' });
const result = fc
  .tuple(id, fc.array(fc.oneof(text, image, reference), { maxLength: 2 }), fc.boolean())
  .map(([value, content, is_error]): ContentBlock => ({ type: 'tool_result', tool_use_id: value, content, is_error }));
const state = fc.oneof(
  fc.constant<JsonObject>({ item: 'reasoning', encrypted: 'gAAA', parts: [2], raw: [] }),
  fc.constant<JsonObject>({ item: 'phase', phase: 'commentary' }),
  id.map((value): JsonObject => ({ item: 'call', call: value, extra: { namespace: 'n' } })),
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
const quirks: fc.Arbitrary<Quirks> = fc.record(
  {
    midConversationSystem: fc.constantFrom('user', 'keep'),
    textAfterToolResults: fc.constantFrom('message', 'append'),
    toolResultMedia: fc.constantFrom('message', 'inline'),
    imageUrls: fc.boolean(),
    placeholderTool: fc.boolean(),
    toolCallIdMaxLength: fc.constantFrom(9, 40),
    instructionRole: fc.constantFrom('system', 'developer'),
  },
  { requiredKeys: [] },
);

describe('any conversation', () => {
  it('becomes one that every provider takes, the same every time', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), quirks, (messages, deviations) => {
        const before = structuredClone(messages);
        const { body, input, losses } = encodeMessages(messages, deviations, { origin: 'example' });
        expect(problemsOf(input)).to.deep.equal([]);
        expect(messages).to.deep.equal(before);
        const again = encodeMessages(messages, deviations, { origin: 'example' });
        expect(JSON.stringify(again.body)).to.equal(JSON.stringify(body));
        expect(again.losses).to.deep.equal(losses);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps everything that the user says beside results, in order', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), quirks, (messages, deviations) => {
        const written = JSON.stringify(encodeMessages(messages, deviations).wire);
        let place = 0;
        for (const piece of spokenBy(messages)) {
          const found = written.indexOf(piece, place);
          expect(found, `${piece} behind ${place}`).to.be.at.least(0);
          place = found + piece.length;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('begins with what it had before when a turn is added', () => {
    const turn = fc.tuple(content.assistant, fc.array(fc.oneof(text, image, result), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), turn, quirks, (messages, [said, next], deviations) => {
        const start: Message[] = [...messages, { role: 'user', content: [{ type: 'text', text: 'go' }] }];
        const grown: Message[] = [
          ...start,
          { role: 'assistant', content: [{ type: 'text', text: 'well' }, ...said] },
          { role: 'user', content: next },
        ];
        const before = encodeMessages(start, deviations, { origin: 'example' }).input;
        const after = encodeMessages(grown, deviations, { origin: 'example' }).input;
        expect(JSON.stringify(after.slice(0, before.length))).to.equal(JSON.stringify(before));
      }),
      { numRuns: 1000 },
    );
  });
});
