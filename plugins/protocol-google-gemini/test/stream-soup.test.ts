import { expect } from 'chai';
import type { Json, JsonObject, SseEvent } from '@claudex/sdk';
import { checkGrammar, contextOf, interleavings, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../src/stream.ts';
import { callPart, chunk, finish, parts, said, thought } from './support/chunks.ts';
import { keyedContext } from './support/decode.ts';

/** What may stand in place of anything. */
const ODD: readonly Json[] = [null, true, -1, 1e300, '', 'text', [], [null], {}, { text: 7 }];

/** Everything that is read, with each odd value in its place. */
function oddChunks(odd: Json): SseEvent[] {
  const fields = ['text', 'functionCall', 'thoughtSignature', 'inlineData', 'toolCall', 'thought'];
  const candidate = (more: JsonObject): SseEvent => chunk({ candidates: [more] });
  return [
    ...fields.map((field) => parts([{ [field]: odd }])),
    ...['id', 'name', 'args'].map((field) => parts([{ functionCall: { name: 'Read', args: {}, [field]: odd } }])),
    parts([{ text: 'a', thoughtSignature: odd }]),
    parts([odd as JsonObject]),
    ...['content', 'finishReason', 'finishMessage', 'index', 'groundingMetadata'].map((field) =>
      candidate({ [field]: odd }),
    ),
    ...['candidates', 'usageMetadata', 'promptFeedback', 'modelVersion'].map((field) => chunk({ [field]: odd })),
    candidate({ content: { parts: odd } }),
    candidate({ groundingMetadata: { groundingChunks: odd, groundingSupports: odd, webSearchQueries: odd } }),
    candidate({
      groundingMetadata: {
        groundingChunks: [odd, { web: odd }],
        groundingSupports: [{ segment: odd, groundingChunkIndices: [odd] }],
      },
    }),
    chunk({ promptFeedback: { blockReason: odd } }),
    chunk({ usageMetadata: { promptTokenCount: odd, candidatesTokenCount: odd } }),
  ];
}

const SEARCHED = {
  ...keyedContext({ webSearch: 'tool' }),
  request: contextOf({ tools: [{ kind: 'server', type: 'web_search_20250305', name: 'web_search', declaration: {} }] })
    .request,
};

describe('a stream in which anything may stand anywhere', () => {
  for (const odd of ODD) {
    it(`keeps the grammar with ${JSON.stringify(odd)} in every place`, () => {
      for (const context of [keyedContext(), contextOf(), SEARCHED]) {
        for (const event of oddChunks(odd)) {
          const stream = [thought('Hm.'), said('Well'), event, said('.'), finish()];
          expect(checkGrammar(runMachine(decodeStream(context), stream)), event.data).to.deep.equal([]);
        }
      }
    });
  }

  it('keeps the grammar in every order', () => {
    const sequences = [
      [thought('One. '), thought('Two.', { thoughtSignature: 's1' })],
      [said('Three. '), parts([{ text: '', thoughtSignature: 's2' }]), said('Four.')],
      [parts([callPart('Read', { path: 'a' }, { thoughtSignature: 's3' })]), parts([callPart('Read', { path: 'b' })])],
      [parts([{ toolCall: { id: 's' }, thoughtSignature: 's4' }])],
    ];
    for (const order of interleavings(sequences, { seed: 7, count: 200 })) {
      const events = runMachine(decodeStream(keyedContext()), [...order, finish()]);
      expect(checkGrammar(events)).to.deep.equal([]);
      const texts = events.flatMap((event) =>
        event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? [event.delta.text] : [],
      );
      expect(texts.join('')).to.equal('Three. Four.');
      expect(events.at(-1)?.type).to.equal('message_stop');
    }
  });
});
