import { expect } from 'chai';
import { parseSse, randomChunks, singleBytes, splitEverywhere } from '@claudex/sdk/testing';
import { callPart, finish, parts, said, thought } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';

/** A stream with every kind of part, in the line endings and with the comments that are met in the wild. */
const TEXT = [
  ': keep-alive\n\n',
  ...[
    thought('Größe? 語'),
    said('Ich sehe “nach” 🙂\r\n'),
    parts([
      callPart('Read', { path: 'straße.txt' }, { thoughtSignature: 'c2ln' }),
      callPart('Grep', { pattern: 'ü🎉' }),
    ]),
    finish('STOP', { promptTokenCount: 9, candidatesTokenCount: 5 }),
  ].map(({ data }, index) => `data: ${data}${['\r\n\r\n', '\n\n', '\r\r'][index % 3]}`),
].join('');

describe('decoding the bytes of a stream', () => {
  const events = decode(parseSse(TEXT));

  it('reads what the stream says', () => {
    const { content, stop_reason, usage } = answerOf(parseSse(TEXT));
    const shown = content.map((block) => (block.type === 'thinking' ? block.thinking : block));
    expect(shown).to.deep.equal([
      'Größe? 語',
      { type: 'text', text: 'Ich sehe “nach” 🙂\r\n' },
      '',
      { type: 'tool_use', id: 'toolu_new2', name: 'Read', input: { path: 'straße.txt' } },
      { type: 'tool_use', id: 'toolu_new3', name: 'Grep', input: { pattern: 'ü🎉' } },
    ]);
    expect(stop_reason).to.equal('tool_use');
    expect(usage).to.deep.equal({ input_tokens: 9, output_tokens: 5 });
  });

  it('gives the same events when they are cut in two anywhere', () => {
    for (const pieces of splitEverywhere(TEXT))
      expect(decode(parseSse(pieces)), `cut at ${pieces[0].length}`).to.deep.equal(events);
  });

  it('gives the same events when they come one by one or in pieces of any size', () => {
    expect(decode(parseSse(singleBytes(TEXT)))).to.deep.equal(events);
    for (let seed = 1; seed <= 50; seed += 1)
      expect(decode(parseSse(randomChunks(TEXT, seed))), `seed ${seed}`).to.deep.equal(events);
  });

  it('never makes up an end when they break off', () => {
    const finished = new TextEncoder().encode(TEXT.slice(0, TEXT.indexOf('"finishReason"'))).length;
    for (const [head] of splitEverywhere(TEXT)) {
      if (head.length <= finished) expect(decode(parseSse([head])).at(-1)?.type, String(head.length)).to.equal('error');
    }
  });
});
