import { expect } from 'chai';
import fc from 'fast-check';
import { EventCutter } from '../../../src/proxy/answer/event-cutter.ts';

/** Text made of the bytes that matter, and some that do not. */
const streams = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n', 'data: x', ': c', 'ö'), { maxLength: 30 })
  .map((parts) => Buffer.from(parts.join('')));

function cut(bytes: Buffer, sizes: readonly number[]): { events: Buffer[]; rest: Buffer } {
  const cutter = new EventCutter();
  const events: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    events.push(...cutter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return { events, rest: cutter.rest() };
}

/** A CRLF that is cut in two leaves its LF to the next event, before empty lines that belong to that one anyway. */
const withoutLeadingFeed = (event: Buffer): string =>
  event
    .toString()
    .replace(/^[\r\n]+/, '')
    .replace(/\n$/, '');

describe('cutting bytes into events', () => {
  it('loses and changes no byte', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(5)), (bytes, sizes) => {
        const { events, rest } = cut(bytes, sizes);
        expect(Buffer.concat([...events, rest]).equals(bytes)).to.equal(true);
      }),
    );
  });

  it('finds the same events however the bytes come', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(5)), (bytes, sizes) => {
        const whole = cut(bytes, []).events.map(withoutLeadingFeed);
        expect(cut(bytes, sizes).events.map(withoutLeadingFeed)).to.deep.equal(whole);
      }),
    );
  });

  for (const end of ['\n\n', '\r\r', '\r\n\r\n', '\n\r\n', '\r\n\n']) {
    it(`ends an event with ${JSON.stringify(end)}`, () => {
      const { events, rest } = cut(Buffer.from(`data: a${end}data: b${end}dat`), []);
      expect(events.map(String)).to.deep.equal([`data: a${end}`, `data: b${end}`]);
      expect(rest.toString()).to.equal('dat');
    });
  }

  it('keeps empty lines for the event that follows them', () => {
    const cutter = new EventCutter();
    const text = (events: Buffer[]): string[] => events.map((event) => event.toString());
    expect(text(cutter.push(Buffer.from('\n\n\r\n\r\n\r')))).to.deep.equal([]);
    expect(cutter.openBytes).to.equal(7);
    expect(text(cutter.push(Buffer.from('\ndata: 1\n\n\ndata: 2\n\n')))).to.deep.equal([
      '\n\n\r\n\r\n\r\ndata: 1\n\n',
      '\ndata: 2\n\n',
    ]);
  });
});
