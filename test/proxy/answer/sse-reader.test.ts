import { expect } from 'chai';
import { splitEverywhere } from '@claudex/sdk/testing';
import { SseReader } from '../../../src/proxy/answer/sse-reader.ts';

const TEXT = 'event: a\ndata: {"text":"größer 語 🙂"}\n\n: comment\n\ndata: one\r\ndata: two\r\n\r\ndata: last\n\n';
const EVENTS = [{ event: 'a', data: '{"text":"größer 語 🙂"}' }, { data: 'one\ntwo' }, { data: 'last' }];

describe('SseReader', () => {
  it('reads the same events however the bytes are cut', () => {
    for (const [head, tail] of splitEverywhere(TEXT)) {
      const reader = new SseReader();
      const events = [...reader.push(head), ...reader.push(tail), ...reader.end()];
      expect(events, `cut at ${head.length}`).to.deep.equal(EVENTS);
    }
  });

  it('gives the last event although its blank line is missing', () => {
    const reader = new SseReader();
    expect(reader.push(Buffer.from('data: x'))).to.deep.equal([]);
    expect(reader.end()).to.deep.equal([{ data: 'x' }]);
  });

  it('stops reading when one event grows without end', () => {
    const reader = new SseReader();
    const piece = Buffer.alloc(1024 * 1024, 'x');
    reader.push(Buffer.from('data: '));
    for (let index = 0; index < 12 && !reader.overflowed; index++) reader.push(piece);
    expect(reader.overflowed).to.equal(true);
    expect(reader.push(Buffer.from('\n\ndata: y\n\n'))).to.deep.equal([]);
    expect(reader.end()).to.deep.equal([]);
  });
});
