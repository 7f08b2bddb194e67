import { expect } from 'chai';
import fc from 'fast-check';
import { DeltaFrame } from '../../src/answer/delta-frame.ts';
import type { ResponsesEvent } from '../../src/wire-answer.ts';

const TYPE = 'response.output_text.delta';
const HEAD = `{"type":"${TYPE}","sequence_number":`;

/** An event as OpenAI writes it. */
function textOf(delta: string, number = 7, padding = 'aB3xYz'): string {
  const place = `"item_id":"msg_1","output_index":1,"content_index":0`;
  return `${HEAD}${number},${place},"delta":"${delta}","logprobs":[],"obfuscation":"${padding}"}`;
}

function frameOf(data: string, name = TYPE): DeltaFrame {
  const frame = new DeltaFrame();
  frame.learn(data, name, JSON.parse(data) as ResponsesEvent);
  return frame;
}

describe('recognising an event by the one before it', () => {
  it('reads another piece of text without the fields that nobody reads', () => {
    expect(frameOf(textOf('one')).read(textOf(' two', 18, ''), TYPE)).to.deep.equal({
      type: TYPE,
      item_id: 'msg_1',
      output_index: 1,
      content_index: 0,
      delta: ' two',
      logprobs: [],
    });
  });

  it('takes the fields in any order, with spaces behind the colons, and without number and padding', () => {
    const frame = frameOf(`{"delta": "one", "item_id": "a", "type": "${TYPE}"}`);
    expect(frame.read(`{"delta": "é→", "item_id": "a", "type": "${TYPE}"}`, TYPE)).to.deep.equal({
      type: TYPE,
      item_id: 'a',
      delta: 'é→',
    });
  });

  it('leaves everything else to the parser', () => {
    const frame = frameOf(textOf('one'));
    const others = [
      textOf('a\\n'),
      textOf('a\\"b'),
      textOf('a\tb'),
      textOf('thirteen char'),
      textOf('a', 7, '\\u0041'),
      textOf('a', -1),
      textOf('a', 1.5),
      textOf('a', 1e21),
      textOf('a').replace(':7,', ':07,'),
      textOf('a').replace(':7,', ':,'),
      textOf('a').replace('msg_1', 'msg_2'),
      textOf('a","delta":"b'),
      `${textOf('a')} `,
      textOf('a').slice(0, -1),
      '',
    ];
    expect(others.filter((data) => frame.read(data, TYPE) !== undefined)).to.deep.equal([]);
    expect(frame.read(textOf('a'), undefined)).to.equal(undefined);
    expect(frame.read(textOf('a'), TYPE)?.delta).to.equal('a');
  });

  it('learns nothing from an event in which a field is not found for certain', () => {
    const odd = [
      textOf('delta'),
      textOf('one').replace('"logprobs":[]', '"logprobs":[{"delta":"x"}]'),
      textOf('one').replace('"delta":', '"delta" :'),
      textOf('one').replace('"delta"', '"d\\u0065lta"').replace('[]', '{"delta":"one"}'),
      textOf('one').replace(':7,', ':7.0,'),
      textOf('one').replace(':7,', ':"7",'),
      textOf('one').replace('"aB3xYz"', 'null'),
    ];
    for (const data of odd) expect(frameOf(data).read(data, TYPE), data).to.equal(undefined);
  });

  it('gives up where no event is like the one before', () => {
    const frame = new DeltaFrame();
    const named = (id: number): string => textOf('one').replace('msg_1', `msg_${id}`);
    for (let id = 0; id < 20; id += 1) frame.learn(named(id), TYPE, JSON.parse(named(id)) as ResponsesEvent);
    expect([7, 19].map((id) => frame.read(named(id), TYPE)?.item_id)).to.deep.equal(['msg_7', undefined]);
  });

  it('says of any text what the parser says of it, or nothing', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 14 }),
      fc.constantFrom('delta', '"', '\\', '","delta":"x', 'é', '\u2028', '\uD800'),
    );
    const plain = fc.constantFrom('', 'one', ' two', 'é');
    const either = fc.oneof(plain, piece);
    const event = fc.record({ delta: either, number: fc.nat(), padding: either, extra: either });
    const change = fc.record({
      at: fc.nat(200),
      length: fc.nat(3),
      text: fc.oneof(piece, fc.constantFrom('0', '{', ',')),
    });
    let recognised = 0;
    fc.assert(
      fc.property(event, event, fc.option(change, { freq: 1 }), fc.boolean(), (first, second, edit, alike) => {
        const learned = dataOf(first);
        const data = edited(dataOf(alike ? { ...second, extra: first.extra } : second), edit);
        const read = frameOf(learned).read(data, TYPE);
        if (read === undefined) return;
        recognised += 1;
        const { sequence_number: _number, obfuscation: _padding, ...rest } = JSON.parse(data) as ResponsesEvent;
        expect(read).to.deep.equal(rest);
      }),
      { numRuns: 2_000, seed: 3 },
    );
    expect(recognised).to.be.greaterThan(100);
  });
});

function dataOf({
  delta,
  number,
  padding,
  extra,
}: {
  delta: string;
  number: number;
  padding: string;
  extra: string;
}): string {
  return JSON.stringify({ type: TYPE, item_id: extra, delta, sequence_number: number, obfuscation: padding });
}

function edited(data: string, edit: { at: number; length: number; text: string } | null): string {
  if (edit === null) return data;
  return data.slice(0, edit.at) + edit.text + data.slice(edit.at + edit.length);
}
