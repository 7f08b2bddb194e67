import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { contextOf, parseSse, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../src/stream.ts';
import { delta, DONE, finish, piece, usage } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';

/** The answer in short: texts as they are, calls as `name(input)`. */
function outline(events: readonly SseEvent[]): string[] {
  return answerOf(events).content.map((block) => {
    if (block.type === 'text') return block.text;
    return block.type === 'tool_use' ? `${block.name}(${JSON.stringify(block.input)})` : block.type;
  });
}

function json(value: unknown): SseEvent {
  return { data: JSON.stringify(value) };
}

const TEXT = delta({ content: 'a' });

describe('tool calls as providers should not send them', () => {
  const call = (name: string, more: object = {}) => ({ id: name, function: { name, arguments: '{}' }, ...more });

  const cases: [what: string, pieces: object[], calls: string[]][] = [
    [
      'parts of two calls in turn',
      [
        { index: 0, id: 'a', function: { name: 'A', arguments: '' } },
        { index: 1, id: 'b', function: { name: 'B', arguments: '' } },
        { index: 0, function: { arguments: '{"first"' } },
        { index: 1, function: { arguments: '{"second"' } },
        { index: 0, function: { arguments: ':1}' } },
        { index: 1, function: { arguments: ':2}' } },
      ],
      ['A({"first":1})', 'B({"second":2})'],
    ],
    ['calls without index', [call('A'), call('B')], ['A({})', 'B({})']],
    ['the same index for all', [call('A', { index: 0 }), call('B', { index: 0 })], ['A({})', 'B({})']],
    [
      'the id only once',
      [
        { index: 0, ...call('A'), function: { name: 'A' } },
        { index: 0, function: { arguments: '{"n":1}' } },
      ],
      ['A({"n":1})'],
    ],
    [
      'id and name in every piece',
      ['{"n"', ':1', '}'].map((part) => ({ index: 0, id: 'a', function: { name: 'A', arguments: part } })),
      ['A({"n":1})'],
    ],
    ['an object for arguments', [{ index: 0, id: 'a', function: { name: 'A', arguments: { n: 1 } } }], ['A({"n":1})']],
    ['null for arguments', [{ index: 0, id: 'a', function: { name: 'A', arguments: null } }], ['A({})']],
  ];
  for (const [what, pieces, calls] of cases) {
    it(`are understood: ${what}`, () => {
      expect(outline([...pieces.map(piece), finish('tool_calls')])).to.deep.equal(calls);
      // One event may bring several pieces as well.
      expect(outline([delta({ tool_calls: pieces }), finish('stop')])).to.deep.equal(calls);
    });
  }
});

describe('events that say nothing', () => {
  const silent: [what: string, event: SseEvent][] = [
    ['empty choices', json({ choices: [] })],
    ['no choices', json({ id: 'c' })],
    ['null for choices', json({ choices: null })],
    ['null for a choice', json({ choices: [null, 7, 'x'] })],
    ['null for a delta', json({ choices: [{ index: 0, delta: null }] })],
    ['null for content', delta({ content: null })],
    ['an empty list of content', delta({ content: [] })],
    ['parts of unknown kinds', delta({ content: [null, 7, {}, { type: 'image_url' }, { type: 'text' }] })],
    ['an object for content', delta({ content: { text: 'x' } })],
    ['a number for content', delta({ content: 7 })],
    ['wrong types everywhere', delta({ reasoning: 7, reasoning_details: 'x', refusal: {}, tool_calls: 'x' })],
    ['an empty finish reason', delta({}, { finish_reason: '' })],
    ['a number for a finish reason', delta({}, { finish_reason: 7 })],
    ['an empty list', json([])],
    ['a number', json(7)],
    ['a text', json('x')],
    ['null', json(null)],
    ['a null error', json({ error: null, choices: [] })],
  ];
  for (const [what, event] of silent) {
    it(`are passed over: ${what}`, () => {
      expect(decode([event, TEXT, event, finish('stop')])).to.deep.equal(decode([TEXT, finish('stop')]));
    });
  }
});

describe('the end of a stream', () => {
  it('may be written in many ways', () => {
    const endings: SseEvent[][] = [
      [finish('stop')],
      [finish('stop'), DONE],
      [finish('stop'), DONE, DONE],
      [finish('stop'), { data: '[done]' }],
      [finish('stop'), finish('stop'), DONE],
      [DONE],
    ];
    for (const ending of endings) {
      const events = decode([TEXT, ...ending]);
      expect(events.filter(({ type }) => type === 'message_stop')).to.have.lengthOf(1);
      expect(events.at(-2)).to.include({ stop_reason: 'end_turn' });
    }
  });

  it('has the reason that came last, and an unknown one is an ordinary end', () => {
    expect(answerOf([TEXT, finish('brand_new')]).stop_reason).to.equal('end_turn');
    expect(answerOf([TEXT, finish('stop'), finish('length')]).stop_reason).to.equal('max_tokens');
    expect(answerOf([TEXT, finish('content_filter')]).stop_reason).to.equal('refusal');
  });

  it('may come with usage that is missing, negative, text or repeated', () => {
    const estimate = { input_tokens: 100, output_tokens: 1 };
    for (const wrong of [
      {},
      { prompt_tokens: -1, completion_tokens: -1 },
      { prompt_tokens: '9', completion_tokens: [] },
    ])
      expect(answerOf([TEXT, finish('stop'), usage(wrong)]).usage, JSON.stringify(wrong)).to.deep.equal(estimate);
    expect(answerOf([TEXT, finish('stop'), json({ choices: [], usage: 7 })]).usage).to.deep.equal(estimate);
    const twice = [
      usage({ prompt_tokens: 9, completion_tokens: 1 }),
      usage({ prompt_tokens: 9, completion_tokens: 2 }),
    ];
    expect(answerOf([TEXT, finish('stop'), ...twice]).usage).to.deep.equal({ input_tokens: 9, output_tokens: 2 });
  });

  it('may be taken for settled once a reason has come, and not before', () => {
    const machine = decodeStream(contextOf());
    expect(machine.settled).to.equal(false);
    machine.push(TEXT);
    expect(machine.settled).to.equal(false);
    expect(machine.push(finish('stop'))).to.deep.equal([]);
    expect(machine.settled).to.equal(true);
    machine.push(usage({ prompt_tokens: 9, completion_tokens: 2 }));
    expect(machine.end().at(-2)).to.deep.include({ usage: { input_tokens: 9, output_tokens: 2 } });
  });

  it('is settled after a failure and after [DONE]', () => {
    for (const events of [[json({ error: { message: 'x' } })], [TEXT, DONE]]) {
      const machine = decodeStream(contextOf());
      for (const event of events) machine.push(event);
      expect(machine.settled).to.equal(true);
      expect(machine.end()).to.deep.equal([]);
    }
  });
});

describe('framing that is unusual', () => {
  const plain = [delta({ content: 'Größe' }), finish('stop'), DONE];
  const expected = runMachine(decodeStream(contextOf()), plain);
  const framings: [what: string, text: string][] = [
    ['no space after data:', plain.map(({ data }) => `data:${data}\n\n`).join('')],
    ['CRLF', plain.map(({ data }) => `data: ${data}\r\n\r\n`).join('')],
    [
      'event, id and retry lines',
      plain.map(({ data }) => `event: message\nid: 1\nretry: 5\ndata: ${data}\n\n`).join(''),
    ],
    ['events with nothing but an id', `id: 1\n\n${plain.map(({ data }) => `data: ${data}\n\nid: 2\n\n`).join('')}`],
    ['comments', `: OPENROUTER PROCESSING\n\n${plain.map(({ data }) => `: x\ndata: ${data}\n\n`).join('')}`],
    ['a byte order mark', `\u{FEFF}${plain.map(({ data }) => `data: ${data}\n\n`).join('')}`],
    ['data on several lines', plain.map(({ data }) => `data: ${data.replaceAll(',"', ',\ndata: "')}\n\n`).join('')],
  ];
  for (const [what, text] of framings) {
    it(`makes no difference: ${what}`, () => {
      expect(decode(parseSse(text))).to.deep.equal(expected);
    });
  }
});
