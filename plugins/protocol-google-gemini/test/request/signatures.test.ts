import { expect } from 'chai';
import type { CodecContext, ContentBlock, JsonObject, Message, SseEvent } from '@claudex/sdk';
import { assistant, call, result, user } from '@claudex/sdk/testing';
import { callPart, finish, parts, said, thought } from '../support/chunks.ts';
import { answerOf, keyedContext } from '../support/decode.ts';
import { encode, partsAt, words } from '../support/encode.ts';

const PLACEHOLDER = 'skip_thought_signature_validator';

/** The conversation after an answer: its calls are answered and the user goes on. */
function next(content: readonly ContentBlock[]): Message[] {
  const results = content.flatMap((block) => (block.type === 'tool_use' ? [result(block.id, 'done')] : []));
  return [user('go'), { role: 'assistant', content }, user(...results, 'go on')];
}

function sentBack(stream: readonly SseEvent[], more: Partial<CodecContext> = {}) {
  const encoded = encode({ messages: next(answerOf(stream, keyedContext()).content) }, {}, more);
  // The ids are those that were made up for the client.
  const bare = partsAt(encoded, 1).map((part): JsonObject => {
    const { functionCall: made, ...rest } = part;
    return made === undefined ? part : { call: (made as JsonObject)['args'] ?? null, ...rest };
  });
  return { parts: bare, lost: words(encoded.losses) };
}

const STEP: readonly SseEvent[] = [
  thought('A file is needed.'),
  said('Let me '),
  said('look.'),
  parts([{ text: '', thoughtSignature: 'of the text' }]),
  parts([callPart('Read', { path: 'a' }, { thoughtSignature: 'of the first call' }), callPart('Read', { path: 'b' })]),
  parts([callPart('Read', { path: 'c' }, { thoughtSignature: 'of the third call' })]),
  finish(),
];

describe('signatures of earlier turns', () => {
  it('come back on the very parts they stood on', () => {
    expect(sentBack(STEP)).to.deep.equal({
      parts: [
        { text: 'A file is needed.', thought: true },
        { text: 'Let me look.', thoughtSignature: 'of the text' },
        { call: { path: 'a' }, thoughtSignature: 'of the first call' },
        { call: { path: 'b' } },
        { call: { path: 'c' }, thoughtSignature: 'of the third call' },
      ],
      lost: [],
    });
  });

  it('come back on reasoning, on texts apart, and on a part that has no text', () => {
    const stream = [
      thought('Hm.', { thoughtSignature: 'of the thought' }),
      parts([{ text: '', thoughtSignature: 'of nothing' }]),
      said('One.', { thoughtSignature: 'of one' }),
      said('Two.'),
      finish(),
    ];
    expect(sentBack(stream)).to.deep.equal({
      parts: [
        { text: 'Hm.', thought: true, thoughtSignature: 'of the thought' },
        { text: '', thoughtSignature: 'of nothing' },
        { text: 'One.', thoughtSignature: 'of one' },
        { text: 'Two.' },
      ],
      lost: [],
    });
  });

  it('go to no other model, which is told that there are none', () => {
    const { parts: sent, lost } = sentBack(STEP, { model: 'gemini-4-argon' });
    expect(sent).to.deep.equal([
      { text: 'Let me look.' },
      { call: { path: 'a' }, thoughtSignature: PLACEHOLDER },
      { call: { path: 'b' } },
      { call: { path: 'c' } },
    ]);
    expect(new Set(lost.map((loss) => loss.split(' ')[1]))).to.deep.equal(new Set(['foreign_thinking']));
    expect(JSON.stringify(sentBack(STEP, { origin: 'elsewhere' }).parts)).not.to.include('of the');
  });

  it('are made up on the first call of every step that has none', () => {
    const encoded = encode({
      messages: [
        user('go'),
        assistant({ type: 'thinking', thinking: 'Hm.', signature: 'EqQBCkYIBxgC' }, call('a'), call('b')),
        user(result('a', '1'), result('b', '2')),
        assistant(call('c')),
        user(result('c', '3')),
      ],
    });
    const signatures = [1, 3].flatMap((place) => partsAt(encoded, place).map((part) => part['thoughtSignature']));
    expect(signatures).to.deep.equal([PLACEHOLDER, undefined, PLACEHOLDER]);
    expect(words(encoded.losses)).to.deep.equal(['dropped foreign_thinking messages[1].content[0]']);
  });

  it('are left out where the client changed what they belong to', () => {
    const { content } = answerOf(STEP);
    const changed = content
      .filter((block) => block.type !== 'tool_use' || block.input['path'] !== 'c')
      .map((block) => (block.type === 'text' ? { ...block, text: 'Let me see.' } : block));
    const encoded = encode({ messages: next(changed) });
    expect(JSON.stringify(encoded.body)).not.to.match(/of the (?:text|third call)/);
    expect(JSON.stringify(encoded.body)).to.include('of the first call');
    expect(encoded.losses.filter(({ feature }) => feature === 'reasoning_state')).to.have.length(2);
  });

  it('are all left out where a quirk says that the provider wants none', () => {
    const encoded = encode({ messages: next(answerOf(STEP).content) }, { reasoningReplay: 'none' });
    expect(JSON.stringify(encoded.body)).not.to.match(/of the|A file is needed/);
    expect(partsAt(encoded, 1)[1]).to.have.property('thoughtSignature', PLACEHOLDER);
    expect(new Set(encoded.losses.map(({ feature }) => feature))).to.deep.equal(new Set(['thinking']));
  });

  it("bring back what the provider's own tools did, as it came", () => {
    const own = {
      toolCall: { id: 's1', toolType: 'GOOGLE_SEARCH_WEB', args: { queries: ['q'] } },
      thoughtSignature: 'of the search',
    };
    const found = { toolResponse: { id: 's1', toolType: 'GOOGLE_SEARCH_WEB', response: {} } };
    const stream = [
      thought('Hm.'),
      parts([own, found]),
      parts([callPart('Read', { path: 'a' }, { thoughtSignature: 'of the call' })]),
      finish(),
    ];
    expect(sentBack(stream)).to.deep.equal({
      parts: [{ text: 'Hm.', thought: true }, own, found, { call: { path: 'a' }, thoughtSignature: 'of the call' }],
      lost: [],
    });
  });
});
