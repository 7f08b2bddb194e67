import { expect } from 'chai';
import { parseSse, randomChunks, singleBytes, splitEverywhere } from '@claudex/sdk/testing';
import { DONE, delta, finish, piece, usage } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';

/** A stream with every kind of event, in the line endings and with the comments that are met in the wild. */
const TEXT = [
  ': keep-alive\n\n',
  ...[
    delta({ role: 'assistant', reasoning_content: 'Größe? 語' }),
    delta({ content: 'Ich sehe “nach” 🙂\r\n' }),
    piece({ index: 0, id: 'call_a', function: { name: 'Read', arguments: '{"path":' } }),
    piece({ index: 1, id: 'call_b', function: { name: 'Grep', arguments: '{"pattern":"ü🎉"}' } }),
    piece({ index: 0, function: { arguments: '"straße.txt"}' } }),
    finish('tool_calls'),
    usage({ prompt_tokens: 9, completion_tokens: 5 }),
    DONE,
  ].map(({ data }, index) => `data: ${data}${['\n\n', '\r\n\r\n', '\r\r'][index % 3]}`),
].join('');

describe('decoding the bytes of a stream', () => {
  const events = decode(parseSse(TEXT));

  it('reads what the stream says', () => {
    const { content, stop_reason, usage: figures } = answerOf(parseSse(TEXT));
    expect(content).to.deep.equal([
      { type: 'thinking', thinking: 'Größe? 語', signature: '' },
      { type: 'text', text: 'Ich sehe “nach” 🙂\r\n' },
      { type: 'tool_use', id: 'call_a', name: 'Read', input: { path: 'straße.txt' } },
      { type: 'tool_use', id: 'call_b', name: 'Grep', input: { pattern: 'ü🎉' } },
    ]);
    expect(stop_reason).to.equal('tool_use');
    expect(figures).to.deep.equal({ input_tokens: 9, output_tokens: 5 });
  });

  it('gives the same events when they are cut in two anywhere', () => {
    for (const pieces of splitEverywhere(TEXT)) {
      expect(decode(parseSse(pieces)), `cut at ${pieces[0].length}`).to.deep.equal(events);
    }
  });

  it('gives the same events when they come one by one or in pieces of any size', () => {
    expect(decode(parseSse(singleBytes(TEXT)))).to.deep.equal(events);
    for (let seed = 1; seed <= 50; seed += 1) {
      expect(decode(parseSse(randomChunks(TEXT, seed))), `seed ${seed}`).to.deep.equal(events);
    }
  });

  it('never makes up an end when they break off', () => {
    const finished = new TextEncoder().encode(TEXT.slice(0, TEXT.indexOf('"finish_reason"'))).length;
    for (const [head] of splitEverywhere(TEXT)) {
      if (head.length <= finished) expect(decode(parseSse([head])).at(-1)?.type, String(head.length)).to.equal('error');
    }
  });
});
