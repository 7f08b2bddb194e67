import { expect } from 'chai';
import type { CanonicalEvent } from '@claudex/sdk';
import { assembleMessage } from '../../src/testing/index.ts';
import { failure, soundStream } from './support/events.ts';

describe('assembleMessage', () => {
  it('spells out what a stream says', () => {
    expect(assembleMessage(soundStream())).to.deep.equal({
      id: 'msg_1',
      model: 'm',
      content: [
        { type: 'thinking', thinking: 'Look first.', signature: 'sealed' },
        { type: 'text', text: 'Grüße', citations: [{ url: 'a' }] },
        { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { path: 'a.txt' } },
      ],
      stop_reason: 'tool_use',
      raw_stop_reason: 'tool_calls',
      usage: { input_tokens: 3, output_tokens: 5 },
    });
  });

  it('leaves the events as they were', () => {
    const events = soundStream();
    assembleMessage(events);
    expect(events).to.deep.equal(soundStream());
  });

  it('reads a tool call without argument deltas as an empty input', () => {
    expect(assembleMessage(soundStream().toSpliced(13, 2)).content.at(-1)).to.have.deep.property('input', {});
  });

  it('refuses a stream that failed, one that is cut, and arguments that are not a JSON object', () => {
    expect(() => assembleMessage([failure()])).to.throw('the stream failed: reset');
    expect(() => assembleMessage(soundStream().slice(0, -1))).to.throw('not complete');
    expect(() => assembleMessage(soundStream().toSpliced(14, 1))).to.throw(SyntaxError);
    const list: CanonicalEvent = {
      type: 'content_block_delta',
      index: 2,
      delta: { type: 'input_json_delta', partial_json: '[]' },
    };
    expect(() => assembleMessage(soundStream().toSpliced(13, 2, list))).to.throw('input of Read is not a JSON object');
  });
});
