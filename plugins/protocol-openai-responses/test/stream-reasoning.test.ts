import { expect } from 'chai';
import { blocksOf, decode, knownContext, lossesOf, stateOf } from './support/decode.ts';
import { added, completed, delta, done, event, functionCall, message, reasoning } from './support/events.ts';

const SUMMARY = { summary_index: 0 };

describe('decoding reasoning of a stream', () => {
  it('joins the parts of a summary and seals what the provider wants back', () => {
    const [block] = blocksOf(reasoning(0, ['first', 'second one'], 'secret'));
    expect(block).to.include({ type: 'thinking', thinking: 'first\n\nsecond one' });
    expect(stateOf(block)).to.deep.equal({ item: 'reasoning', encrypted: 'secret', parts: [5, 10], raw: [] });
  });

  it('shows raw reasoning where there is no summary', () => {
    const item = { type: 'reasoning', id: 'b594b7e1', summary: [], content: [{ type: 'reasoning_text', text: 'hmm' }] };
    const place = { output_index: 0, content_index: 0 };
    const streams = [
      [delta('reasoning_text', 0, 'hm', place), delta('reasoning_text', 0, 'm', place), done(0, item)],
      [event('response.reasoning_text.done', { ...place, text: 'hmm' }), done(0, item)],
      [event('response.content_part.done', { ...place, part: { type: 'reasoning_text', text: 'hmm' } })],
      [done(0, item)],
    ];
    for (const stream of streams) {
      const [block, ...rest] = blocksOf(stream);
      expect(rest).to.deep.equal([]);
      expect(block).to.include({ thinking: 'hmm' });
      expect(stateOf(block)).to.deep.equal({ item: 'reasoning', encrypted: null, parts: [], raw: [3] });
    }
  });

  it('takes a summary from its last events where no delta came', () => {
    const part = { type: 'summary_text', text: 'whole' };
    const place = { output_index: 0, summary_index: 0 };
    const streams = [
      [event('response.reasoning_summary_text.done', { ...place, text: 'whole' })],
      [event('response.reasoning_summary_part.done', { ...place, part })],
      [done(0, { type: 'reasoning', summary: [part] })],
      [delta('reasoning_summary_text', 0, 'whole', SUMMARY), done(0, { type: 'reasoning', summary: [part] })],
    ];
    for (const stream of streams)
      expect(blocksOf(stream).map((block) => 'thinking' in block && block.thinking)).to.deep.equal(['whole']);
  });

  it('never shows one thought twice', () => {
    const both = {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'short' }],
      content: [{ type: 'reasoning_text', text: 'long' }],
    };
    expect(blocksOf([done(0, both)]).map((block) => 'thinking' in block && block.thinking)).to.deep.equal(['short']);
    expect(lossesOf([done(0, both), completed()]).map(({ feature }) => feature)).to.deep.equal(['reasoning_text']);
    const stream = [delta('reasoning_text', 0, 'long'), delta('reasoning_summary_text', 0, 'short', SUMMARY)];
    expect(blocksOf(stream).map((block) => 'thinking' in block && block.thinking)).to.deep.equal(['long']);
  });

  it('keeps encrypted reasoning without text, and nothing where there is neither', () => {
    const [block] = blocksOf(reasoning(0, [], 'secret'));
    expect(block).to.include({ type: 'thinking', thinking: '' });
    expect(stateOf(block)).to.include({ encrypted: 'secret' });
    expect(blocksOf(reasoning(0, [], null))).to.deep.equal([]);
  });

  it('takes the encrypted content of the finished item, and its other fields', () => {
    const begun = { type: 'reasoning', id: 'r', encrypted_content: 'early', summary: [] };
    const over = {
      ...begun,
      encrypted_content: 'late',
      status: 'completed',
      format: 'openai-responses-v1',
      unset: null,
    };
    const [block] = blocksOf([added(0, begun), done(0, over)]);
    expect(stateOf(block)).to.deep.equal({
      item: 'reasoning',
      encrypted: 'late',
      parts: [],
      raw: [],
      extra: { format: 'openai-responses-v1' },
    });
  });

  it('signs with nothing for a provider that is not known, and says so once', () => {
    const { origin: _origin, ...unknown } = knownContext();
    const events = decode([...reasoning(0, ['a'], 'x'), ...reasoning(1, ['b'], 'y'), completed()], unknown);
    const signatures = events.flatMap((one) =>
      one.type === 'content_block_delta' && one.delta.type === 'signature_delta' ? [one.delta.signature] : [],
    );
    expect(signatures).to.deep.equal(['', '']);
    expect(events.flatMap((one) => (one.type === 'loss' ? [one.loss.feature] : []))).to.deep.equal(['reasoning_state']);
  });

  it('keeps items apart that share one id', () => {
    const item = (encrypted: string) => ({ type: 'reasoning', id: 'same', encrypted_content: encrypted, summary: [] });
    const blocks = blocksOf([done(0, item('a')), ...functionCall(1, 'c', '{}'), done(2, item('b'))]);
    expect(blocks.map(({ type }) => type)).to.deep.equal(['thinking', 'tool_use', 'thinking']);
  });

  it('does not let text wait for an end that comes only with the end of the answer', () => {
    const item = { type: 'reasoning', id: 'r', content: [], summary: [], encrypted_content: '' };
    const stream = [added(0, item), delta('reasoning_text', 0, 'hm'), ...message(1, 'hi')];
    const late = { ...item, content: [{ type: 'reasoning_text', text: 'hm' }] };
    const events = decode([...stream, done(0, late), completed({ output: [late] })]);
    expect(events.findIndex((one) => JSON.stringify(one).includes('"hi"'))).to.be.lessThan(7);
    expect(blocksOf([...stream, done(0, late)])).to.have.lengthOf(2);
    const state = done(0, { ...late, encrypted_content: 'secret' });
    expect(lossesOf([...stream, state, completed()]).map(({ feature }) => feature)).to.deep.equal(['reasoning_state']);
    const final = completed({ output: [{ ...late, encrypted_content: 'secret' }] });
    expect(lossesOf([...stream, final]).map(({ feature }) => feature)).to.deep.equal(['reasoning_state']);
  });
});
