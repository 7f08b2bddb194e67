import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { delta, finish, piece } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';

const CALL = { id: 'a', type: 'function', function: { name: 'Read', arguments: '{"p":1}' } };
const READ = { type: 'tool_use', id: 'a', name: 'Read', input: { p: 1 } };

/** The last event, which holds a whole message. */
function summary(message: object, choice: object = {}): SseEvent {
  return { data: JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message, ...choice }] }) };
}

function losses(events: readonly SseEvent[]): string[] {
  return decode(events).flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []));
}

describe('a whole message behind deltas', () => {
  it('brings calls that did not come before', () => {
    const events = [delta({ content: 'ab' }), summary({ content: 'ab', tool_calls: [CALL] })];
    expect(answerOf(events)).to.deep.include({
      content: [{ type: 'text', text: 'ab' }, READ],
      stop_reason: 'tool_use',
    });
    expect(losses(events)).to.deep.equal([]);
    const legacy = [delta({ content: 'ab' }), summary({ content: 'ab', function_call: CALL.function })];
    expect(answerOf(legacy).content).to.have.lengthOf(2);
  });

  it('brings calls beside an empty delta, and those behind the ones that came', () => {
    const other = { ...CALL, id: 'b' };
    const events = [piece({ index: 0, ...CALL }), summary({ tool_calls: [CALL, other] }, { delta: {} })];
    expect(answerOf(events).content).to.deep.equal([READ, { ...READ, id: 'b' }]);
    expect(losses(events)).to.deep.equal([]);
  });

  it('brings the end of the text', () => {
    for (const content of ['abcd', [{ type: 'text', text: 'ab' }, 'cd']]) {
      const events = [delta({ content: 'a' }), delta({ content: 'b' }), summary({ content })];
      expect(answerOf(events).content).to.deep.equal([{ type: 'text', text: 'abcd' }]);
      expect(losses(events)).to.deep.equal([]);
    }
  });

  it('brings reasoning and a refusal that did not come before', () => {
    const events = [delta({ content: 'a' }), summary({ content: 'a', reasoning_content: 'why', refusal: 'No.' })];
    const { content, stop_reason } = answerOf(events);
    expect(content.map((block) => block.type)).to.deep.equal(['text', 'thinking', 'text']);
    expect(stop_reason).to.equal('refusal');
  });

  it('repeats nothing', () => {
    const events = [
      delta({ reasoning: 'why' }),
      delta({ content: 'a\n' }),
      piece({ index: 0, ...CALL }),
      summary({ content: 'a', reasoning: 'why', tool_calls: [CALL] }),
    ];
    expect(answerOf(events).content).to.deep.equal([
      { type: 'thinking', thinking: 'why', signature: '' },
      { type: 'text', text: 'a\n' },
      READ,
    ]);
    expect(losses(events)).to.deep.equal([]);
  });

  it('is a loss where it says something else', () => {
    const other = { ...CALL, function: { name: 'Read', arguments: '{"p":2}' } };
    const contradictions: SseEvent[][] = [
      [delta({ content: 'ab' }), summary({ content: 'xyz' })],
      [piece({ index: 0, ...CALL }), summary({ tool_calls: [other] })],
      [delta({ reasoning: 'a', content: 'x' }), summary({ content: 'x', reasoning: 'abc' })],
    ];
    for (const events of contradictions) {
      expect(losses(events)).to.deep.equal(['summary']);
      expect(JSON.stringify(answerOf(events).content)).not.to.match(/xyz|abc|2/);
    }
  });

  it('is passed over while deltas go on', () => {
    const events = [
      delta({ content: 'a' }, { message: { content: 'a' } }),
      delta({ content: 'b' }, { message: { content: 'ab' } }),
      finish('stop'),
    ];
    expect(answerOf(events).content).to.deep.equal([{ type: 'text', text: 'ab' }]);
    expect(losses(events)).to.deep.equal([]);
  });
});
