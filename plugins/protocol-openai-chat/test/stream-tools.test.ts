import { expect } from 'chai';
import type { CanonicalEvent, CodecContext, SseEvent } from '@claudex/sdk';
import { toolNames } from '@claudex/sdk/codec';
import { ToolCallSorter } from '../src/answer/tool-calls.ts';
import { DONE, delta, finish, piece } from './support/chunks.ts';
import { assistant, call, contextOf, tool } from '@claudex/sdk/testing';
import { answerOf, decode } from './support/decode.ts';

const READ = { index: 0, id: 'a', type: 'function', function: { name: 'Read', arguments: '' } };

function calls(pieces: object[], context?: CodecContext): unknown[] {
  const events: SseEvent[] = [...pieces.map(piece), finish('tool_calls'), DONE];
  return answerOf(events, context).content.map((block) =>
    block.type === 'tool_use' ? [block.id, block.name, block.input] : block.type,
  );
}

function argumentsOf(events: readonly CanonicalEvent[]): string {
  return events
    .map((event) =>
      event.type === 'content_block_delta' && event.delta.type === 'input_json_delta' ? event.delta.partial_json : '',
    )
    .join('');
}

describe('decoding tool calls of a stream', () => {
  it('passes arguments on as they arrive', () => {
    const events = decode([
      piece(READ),
      piece({ index: 0, function: { arguments: '{"a"' } }),
      piece({ index: 0, function: { arguments: ':1}' } }),
      finish('tool_calls'),
    ]);
    expect(events.slice(1, 5)).to.deep.equal([
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'Read', input: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"a"' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: ':1}' } },
      { type: 'content_block_stop', index: 0 },
    ]);
    expect(events.at(-2)).to.include({ stop_reason: 'tool_use', raw_stop_reason: 'tool_calls' });
  });

  it('closes text before a call and writes later prose after all calls', () => {
    const { content } = answerOf([
      delta({ content: 'before' }),
      piece(READ),
      delta({ content: 'mid' }),
      piece({ index: 1, id: 'b', function: { name: 'Write', arguments: '{' } }),
      delta({ reasoning: 'late' }),
      piece({ index: 0, function: { arguments: '{"n":0}' } }),
      delta({ content: 'dle' }),
      piece({ index: 1, function: { arguments: '}' } }),
      finish('tool_calls'),
    ]);
    expect(content).to.deep.equal([
      { type: 'text', text: 'before' },
      { type: 'tool_use', id: 'a', name: 'Read', input: { n: 0 } },
      { type: 'text', text: 'mid' },
      { type: 'tool_use', id: 'b', name: 'Write', input: {} },
      { type: 'thinking', thinking: 'late', signature: '' },
      { type: 'text', text: 'dle' },
    ]);
  });

  it('takes a call without arguments', () => {
    expect(calls([READ])).to.deep.equal([['a', 'Read', {}]]);
    expect(calls([{ ...READ, function: { name: 'Read', arguments: null } }])).to.deep.equal([['a', 'Read', {}]]);
    expect(calls([{ ...READ, function: { name: 'Read' } }])).to.deep.equal([['a', 'Read', {}]]);
  });

  it('takes null for no arguments, whole and in pieces', () => {
    for (const json of [['null'], ['nu', 'll'], [' ', 'null', ' '], [' ']]) {
      const pieces = [READ, ...json.map((part) => ({ index: 0, function: { arguments: part } }))];
      expect(argumentsOf(decode([...pieces.map(piece), finish('tool_calls')])), json.join('|')).to.equal('');
      expect(calls(pieces)).to.deep.equal([['a', 'Read', {}]]);
      expect(answerOf([...pieces.map(piece), DONE]).stop_reason).to.equal('tool_use');
    }
    const cut = [READ, { index: 0, function: { arguments: 'nu' } }];
    expect(argumentsOf(decode([...cut.map(piece), finish('tool_calls')]))).to.equal('nu');
  });

  it('takes arguments that are an object', () => {
    expect(calls([{ ...READ, function: { name: 'Read', arguments: { a: [1] } } }])).to.deep.equal([
      ['a', 'Read', { a: [1] }],
    ]);
  });

  it('sorts calls that come without index by their id, else by order', () => {
    expect(
      calls([
        { id: 'a', function: { name: 'Read', arguments: '{"a":' } },
        { id: 'b', function: { name: 'Write', arguments: '{"b":' } },
        { id: 'a', function: { arguments: '1}' } },
        { function: { arguments: '' } },
        { id: 'b', function: { arguments: '2}' } },
      ]),
    ).to.deep.equal([
      ['a', 'Read', { a: 1 }],
      ['b', 'Write', { b: 2 }],
    ]);
    expect(
      calls([
        { function: { name: 'Read', arguments: '{"a":' } },
        { function: { arguments: '1}' } },
        { function: { name: 'Read', arguments: '{}' } },
      ]),
    ).to.deep.equal([
      ['toolu_new2', 'Read', { a: 1 }],
      ['toolu_new3', 'Read', {}],
    ]);
  });

  it('tells whole calls apart that all have index 0', () => {
    const whole = (id: string, name: string, n: number) => ({
      index: 0,
      id,
      function: { name, arguments: `{"n":${n}}` },
    });
    expect(calls([whole('a', 'Read', 1), whole('b', 'Read', 2)])).to.deep.equal([
      ['a', 'Read', { n: 1 }],
      ['b', 'Read', { n: 2 }],
    ]);
    expect(
      calls([whole('', 'Read', 1), whole('', 'Read', 2), whole('', 'Write', 3)]).map(
        (entry) => (entry as unknown[])[2],
      ),
    ).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('reads indexes that are written as text', () => {
    const context = contextOf({ tools: [tool('Read'), tool('List')] });
    const opening = (index: string, name: string) => ({ index, id: index, function: { name, arguments: '' } });
    const more = (index: string, text: string) => ({ index, function: { arguments: text } });
    const pieces = [
      opening('0', 'Read'),
      opening('1', 'List'),
      more('0', '{"a"'),
      more('1', '{"b":2}'),
      more('0', ':1}'),
    ];
    expect(calls(pieces, context)).to.deep.equal([
      ['0', 'Read', { a: 1 }],
      ['1', 'List', { b: 2 }],
    ]);
  });

  it('tells whole calls apart that all have one id', () => {
    const context = contextOf({ tools: [tool('Read'), tool('List')] });
    const whole = (index: object, name: string, n: number) => ({
      ...index,
      id: 'a',
      function: { name, arguments: `{"n":${n}}` },
    });
    for (const index of [{}, { index: 0 }]) {
      expect(calls([whole(index, 'Read', 1), whole(index, 'List', 2)], context)).to.deep.equal([
        ['a', 'Read', { n: 1 }],
        ['a_2', 'List', { n: 2 }],
      ]);
      expect(calls([whole(index, 'Read', 1), whole(index, 'Read', 2)], context)).to.deep.equal([
        ['a', 'Read', { n: 1 }],
        ['a_2', 'Read', { n: 2 }],
      ]);
      expect(calls([whole(index, 'Read', 1), whole(index, 'Read', 1)], context)).to.have.lengthOf(1);
    }
    const bare = (name: string) => ({ index: 0, id: 'a', function: { name, arguments: '' } });
    expect(calls([bare('Read'), bare('List')], context)).to.have.lengthOf(2);
  });

  it('does not part a call whose id and name are repeated while its arguments come', () => {
    const context = contextOf({ tools: [tool('Read'), tool('List')] });
    const repeated = (name: string, text: string) => ({ index: 0, id: 'a', function: { name, arguments: text } });
    expect(
      calls([repeated('Read', '{"a":{}'), repeated('Read', ',"b":'), repeated('Read', '{}}')], context),
    ).to.deep.equal([['a', 'Read', { a: {}, b: {} }]]);
  });

  it('sorts many calls by their ids without looking through all of them', function () {
    this.timeout(10_000);
    const sorter = new ToolCallSorter(() => toolNames(contextOf().request));
    for (let index = 0; index < 50_000; index += 1) sorter.take({ id: `c${index}`, function: { name: 'Read' } });
    expect(sorter.take({ id: 'c0', function: { arguments: '{}' } })).to.equal(sorter.calls[0]);
    expect(sorter.calls).to.have.lengthOf(50_000);
  });

  it('tells two offered tools apart although neither has arguments, id or index of its own', () => {
    const context = contextOf({ tools: [tool('List'), tool('Status')] });
    const bare = (name: string) => ({ index: 0, function: { name, arguments: '' } });
    expect(calls([bare('List'), bare('Status')], context).map((entry) => (entry as unknown[])[1])).to.deep.equal([
      'List',
      'Status',
    ]);
  });

  it('is not confused by ids and names that every piece repeats', () => {
    const repeated = (text: string) => ({ index: 0, id: 'a', function: { name: 'Read', arguments: text } });
    expect(calls([repeated(''), repeated('{"a":{'), repeated('"b":1}'), repeated('}')])).to.deep.equal([
      ['a', 'Read', { a: { b: 1 } }],
    ]);
    const nameless = (id: string, text: string) => ({ index: 0, id, function: { arguments: text } });
    expect(calls([READ, nameless('x1', '{"a"'), nameless('x2', ':1}')])).to.deep.equal([['a', 'Read', { a: 1 }]]);
  });

  it('joins a name that comes in pieces and waits for a late id', () => {
    expect(
      calls([
        { index: 0, function: { name: 'Re' } },
        { index: 0, id: 'late', function: { name: 'ad' } },
        { index: 0, function: { arguments: '{}' } },
      ]),
    ).to.deep.equal([['late', 'Read', {}]]);
  });

  it('takes indexes that do not begin at 0', () => {
    expect(
      calls([
        { ...READ, index: 3 },
        { index: 3, function: { arguments: '{}' } },
      ]),
    ).to.deep.equal([['a', 'Read', {}]]);
  });

  it('takes the function call of older servers', () => {
    const { content, stop_reason } = answerOf([
      delta({ function_call: { name: 'Read', arguments: '{"a"' } }),
      delta({ function_call: { arguments: ':1}' } }),
      finish('function_call'),
    ]);
    expect(content).to.deep.equal([{ type: 'tool_use', id: 'toolu_new2', name: 'Read', input: { a: 1 } }]);
    expect(stop_reason).to.equal('tool_use');
  });

  it('calls it tool use although the server says stop', () => {
    expect(answerOf([piece(READ), finish('stop')]).stop_reason).to.equal('tool_use');
    expect(answerOf([piece(READ), finish('length')]).stop_reason).to.equal('max_tokens');
  });

  it('takes [DONE] for an end only where every call is whole', () => {
    expect(answerOf([piece({ ...READ, function: { name: 'Read', arguments: '{}' } }), DONE]).stop_reason).to.equal(
      'tool_use',
    );
    const events = decode([piece({ ...READ, function: { name: 'Read', arguments: '{"a":' } }), DONE]);
    expect(events.at(-1)?.type).to.equal('error');
  });

  it('leaves an open call open when the stream breaks', () => {
    const events = decode([
      piece({ ...READ, function: { name: 'Read', arguments: '{"a":1}' } }),
      piece({ ...READ, index: 1, id: 'b' }),
    ]);
    expect(events.map(({ type }) => type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'error',
    ]);
  });

  it('passes arguments on unchanged that are no JSON', () => {
    const raw = '{"a": oops} {"b"';
    const events = decode([piece({ ...READ, function: { name: 'Read', arguments: raw } }), finish('tool_calls')]);
    expect(argumentsOf(events)).to.equal(raw);
    expect(events.at(-1)?.type).to.equal('message_stop');
  });

  it('gives a call without a name one the client will refuse, and says so', () => {
    const events = decode([piece({ index: 0, id: 'a', function: { arguments: '{}' } }), finish('tool_calls')]);
    expect(events.filter(({ type }) => type === 'loss')).to.have.lengthOf(1);
    expect(JSON.stringify(events)).to.include('unnamed_tool');
  });

  it('restores names that were mapped for the provider', () => {
    const context = contextOf({ tools: [tool('mcp.server/tool')] });
    const name = toolNames(context.request).toWire('mcp.server/tool');
    expect(calls([{ index: 0, id: 'a', function: { name, arguments: '{}' } }], context)).to.deep.equal([
      ['a', 'mcp.server/tool', {}],
    ]);
  });

  it('shows ids that are legal and new to the conversation', () => {
    const context = contextOf({ messages: [assistant(call('0'))] });
    expect(
      calls(
        [
          { index: 0, id: '0', function: { name: 'Read' } },
          { index: 1, id: 'functions.Read:1', function: { name: 'Read' } },
        ],
        context,
      ),
    ).to.deep.equal([
      ['0_2', 'Read', {}],
      ['functions_Read_1', 'Read', {}],
    ]);
  });

  it('survives entries that are no calls', () => {
    expect(
      answerOf([delta({ tool_calls: [null, 'x', 7, {}] }), delta({ tool_calls: {} }), finish('stop')]).content,
    ).to.have.lengthOf(1);
  });
});
