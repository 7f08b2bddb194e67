import { expect } from 'chai';
import type { CodecContext, SseEvent } from '@claudex/sdk';
import { toolNames } from '@claudex/sdk/codec';
import { assistant, call, tool } from '@claudex/sdk/testing';
import { answerOf, blocksOf, decode, knownContext, lossesOf, stateOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event, functionCall, message } from './support/events.ts';

const READ = { type: 'function_call', id: 'fc_0', call_id: 'call_0', name: 'Read', arguments: '' };

function calls(events: readonly SseEvent[], context?: CodecContext): unknown[] {
  return blocksOf(events, context).map((block) =>
    block.type === 'tool_use' ? [block.id, block.name, block.input] : block.type,
  );
}

describe('decoding calls of a stream', () => {
  it('passes arguments on as they arrive', () => {
    const events = decode([CREATED, ...functionCall(0, 'call_0', '{"a":1}'), completed()]);
    expect(events.slice(1, 5)).to.deep.equal([
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 'call_0', name: 'Read', input: {} },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"a' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '":1}' } },
      { type: 'content_block_stop', index: 0 },
    ]);
    expect(events.at(-2)).to.include({ stop_reason: 'tool_use', raw_stop_reason: 'completed' });
  });

  it('keeps the arguments of two calls apart that begin before either has any', () => {
    const [first, second] = [functionCall(0, 'a', '{"first":1}'), functionCall(1, 'b', '{"second":2}')];
    const events = [first[0], second[0], second[1], first[1], first[2], second[2], first[3], first[4], second[4]];
    expect(calls(events.filter((one) => one !== undefined))).to.deep.equal([
      ['a', 'Read', { first: 1 }],
      ['b', 'Read', { second: 2 }],
    ]);
  });

  it('keeps the connection alive while a call waits for another', () => {
    const [first, second] = [functionCall(0, 'a', '{"a":1}'), functionCall(1, 'b', '{"b":2}')];
    const events = decode([CREATED, ...first.slice(0, 2), ...second.slice(0, 3), ...first.slice(2), completed()]);
    expect(events.slice(3, 5)).to.deep.equal([{ type: 'ping' }, { type: 'ping' }]);
    expect(events.filter(({ type }) => type === 'ping')).to.have.lengthOf(2);
  });

  it('does not write text into a call whose end is never reported', () => {
    const open = functionCall(0, 'a', '{"a":1}').slice(0, 3);
    expect(blocksOf([...open, ...message(1, 'after')])).to.deep.equal([
      { type: 'tool_use', id: 'a', name: 'Read', input: { a: 1 } },
      { type: 'text', text: 'after' },
    ]);
  });

  it('takes arguments from the last event or the finished item where no delta came', () => {
    const last = event('response.function_call_arguments.done', { output_index: 0, arguments: '{"a":1}' });
    const streams = [
      [added(0, READ), last, done(0, { ...READ, arguments: '{"a":1}' })],
      [added(0, READ), last],
      [done(0, { ...READ, arguments: '{"a":1}' })],
      [added(0, { ...READ, arguments: '{"a":1}' })],
      [done(0, { ...READ, arguments: { a: 1 } })],
      [delta('function_call_arguments', 0, '{"a":1}'), done(0, READ)],
      [delta('function_call_arguments', 0, '{"a":1}'), added(0, READ)],
    ];
    for (const stream of streams) expect(calls(stream)).to.deep.equal([['call_0', 'Read', { a: 1 }]]);
    expect(calls([added(0, READ), done(0, READ)])).to.deep.equal([['call_0', 'Read', {}]]);
    expect(calls([done(0, { ...READ, arguments: null })])).to.deep.equal([['call_0', 'Read', {}]]);
  });

  it('takes null for no arguments, in deltas, at the end and in the finished item', () => {
    const place = { item_id: 'fc_0' };
    const argumentsDelta = (text: string) => delta('function_call_arguments', 0, text, place);
    for (const events of [
      functionCall(0, 'call_0', 'null'),
      [added(0, READ), argumentsDelta(' '), done(0, { ...READ, arguments: ' ' })],
      [
        added(0, READ),
        event('response.function_call_arguments.done', { output_index: 0, arguments: 'null' }),
        done(0, READ),
      ],
      [done(0, { ...READ, arguments: 'null' })],
    ]) {
      expect(calls(events)).to.deep.equal([['call_0', 'Read', {}]]);
      expect(JSON.stringify(decode([CREATED, ...events, completed()]))).not.to.include('input_json_delta');
    }
    expect(JSON.stringify(decode([CREATED, ...functionCall(0, 'call_0', 'nu'), completed()]))).to.include('"nu"');
  });

  it('takes calls that are announced or finished twice for one', () => {
    const whole = { ...READ, arguments: '{}' };
    expect(calls([added(0, READ), added(0, READ), done(0, whole), done(0, whole)])).to.have.lengthOf(1);
    const final = completed({ output: [whole] });
    expect(answerOf([CREATED, added(0, READ), done(0, whole), final]).content).to.have.lengthOf(1);
    expect(answerOf([CREATED, added(0, READ), final]).content).to.have.lengthOf(1);
  });

  it('finds the call of an event by its place where ids rotate, and by its id where places are missing or wrong', () => {
    const place = { output_index: 0, item_id: 'another' };
    const rotated = [added(0, READ), event('response.function_call_arguments.delta', { ...place, delta: '{"a":1}' })];
    expect(calls([...rotated, done(0, { ...READ, id: 'third' })])).to.deep.equal([['call_0', 'Read', { a: 1 }]]);
    const bare = (type: string, fields: object) => event(`response.${type}`, fields);
    const item = (id: string, fields: object = {}) => ({ item: { ...READ, id, call_id: id, ...fields } });
    for (const index of [{}, { output_index: 0 }]) {
      const stream = [
        bare('output_item.added', { ...index, ...item('x') }),
        bare('output_item.added', { ...index, ...item('y') }),
        bare('function_call_arguments.delta', { ...index, item_id: 'x', delta: '{"n":1}' }),
        bare('function_call_arguments.delta', { ...index, item_id: 'y', delta: '{"n":2}' }),
        bare('output_item.done', { ...index, ...item('x') }),
        bare('output_item.done', { ...index, ...item('y') }),
      ];
      expect(calls(stream)).to.deep.equal([
        ['x', 'Read', { n: 1 }],
        ['y', 'Read', { n: 2 }],
      ]);
    }
    const nothing = [bare('output_item.added', { item: { ...READ, id: undefined } })];
    const unnamed = [
      bare('function_call_arguments.delta', { delta: '{"a":1}' }),
      bare('output_item.done', { item: READ }),
    ];
    expect(calls([...nothing, ...unnamed])).to.deep.equal([['call_0', 'Read', { a: 1 }]]);
  });

  it('makes ids legal and unique in the conversation', () => {
    const context = knownContext({ messages: [assistant(call('call_0'))] });
    const odd = { ...READ, call_id: 'a.b/c' };
    const none = { ...READ, call_id: '', id: undefined };
    const ids = calls([done(0, READ), done(1, odd), done(2, none)], context).map((entry) => (entry as unknown[])[0]);
    expect(ids).to.deep.equal(['call_0_2', 'a_b_c', 'toolu_new2']);
    expect(calls([done(0, { ...READ, call_id: undefined })])).to.deep.equal([['fc_0', 'Read', {}]]);
  });

  it('restores names that were mapped, and gives a call without a name one that the client will refuse', () => {
    const context = knownContext({ tools: [tool('mcp.server/tool')] });
    const name = toolNames(context.request).toWire('mcp.server/tool');
    expect(calls([done(0, { ...READ, name })], context)).to.deep.equal([['call_0', 'mcp.server/tool', {}]]);
    const nameless = [delta('function_call_arguments', 0, '{}')];
    expect(calls(nameless)).to.deep.equal([['toolu_new2', 'unnamed_tool', {}]]);
    expect(lossesOf([...nameless, completed()]).map(({ feature }) => feature)).to.deep.equal(['tool_name']);
  });

  it('seals the namespace or caller of a call before it', () => {
    const caller = { type: 'program', caller_id: 'p' };
    const [state, block] = blocksOf(functionCall(0, 'a', '{}', { namespace: 'n', caller, created_by: 'x' }));
    expect(stateOf(state)).to.deep.equal({ item: 'call', call: 'a', extra: { namespace: 'n', caller } });
    expect(block).to.include({ type: 'tool_use', id: 'a' });
    expect(blocksOf(functionCall(0, 'a', '{}', { namespace: null }))).to.have.lengthOf(1);
  });

  it('passes arguments on unchanged that are no JSON', () => {
    const events = decode([added(0, READ), delta('function_call_arguments', 0, '{bad'), completed()]);
    expect(JSON.stringify(events)).to.include(String.raw`"partial_json":"{bad"`);
    expect(events.at(-1)?.type).to.equal('message_stop');
  });

  it('puts the free text of a custom tool into one field', () => {
    const item = { type: 'custom_tool_call', id: 'ct', call_id: 'c', name: 'write_sql', input: '' };
    const text = 'SELECT "a"\n';
    const streams = [
      [added(0, item), delta('custom_tool_call_input', 0, 'SELECT "'), delta('custom_tool_call_input', 0, 'a"\n')],
      [added(0, item), event('response.custom_tool_call_input.done', { output_index: 0, input: text })],
      [added(0, item), done(0, { ...item, input: text })],
    ];
    for (const stream of streams) expect(calls(stream)).to.deep.equal([['c', 'write_sql', { input: text }]]);
    expect(answerOf([done(0, item), completed()]).stop_reason).to.equal('tool_use');
  });

  it('hands patches, shells and searches that the client must run to it', () => {
    const operation = { type: 'create_file', diff: '', path: 'a.md' };
    const patch = { type: 'apply_patch_call', id: 'apc', call_id: 'p', operation };
    const diff = '+"x"\n';
    const whole = done(0, { ...patch, operation: { ...operation, diff } });
    const name = 'apply_patch_call_operation_diff';
    const expected = [['p', 'apply_patch', { type: 'create_file', path: 'a.md', diff }]];
    expect(calls([added(0, patch), delta(name, 0, '+"x'), delta(name, 0, '"\n'), whole])).to.deep.equal(expected);
    expect(calls([added(0, patch), event(`response.${name}.done`, { output_index: 0, diff })])).to.deep.equal(expected);
    expect(calls([whole])).to.deep.equal(expected);
    const action = { type: 'exec', command: ['ls'], env: {} };
    expect(calls([done(0, { type: 'local_shell_call', call_id: 's', action })])).to.deep.equal([
      ['s', 'local_shell', action],
    ]);
    const search = { type: 'tool_search_call', call_id: 't', execution: 'client', arguments: { goal: 'g' } };
    expect(calls([done(0, search)])).to.deep.equal([['t', 'tool_search', { goal: 'g' }]]);
  });

  it('streams the commands of a local shell one after another', () => {
    const action = { commands: [], timeout_ms: null };
    const shell = { type: 'shell_call', call_id: 's', action, environment: { type: 'local' } };
    const command = (step: string, index: number, fields: object) =>
      event(`response.shell_call_command.${step}`, { output_index: 0, command_index: index, ...fields });
    const stream = [
      added(0, shell),
      command('added', 0, { command: '' }),
      command('delta', 0, { delta: 'cd "' }),
      command('delta', 1, { delta: 'p' }),
      command('delta', 0, { delta: 'a"' }),
      command('done', 0, { command: 'cd "a"' }),
      command('delta', 1, { delta: 'wd' }),
      command('added', 2, { command: '' }),
      command('done', 2, { command: 'ls' }),
    ];
    const expected = [['s', 'shell', { commands: ['cd "a"', 'pwd', 'ls'], timeout_ms: null }]];
    expect(calls([...stream, command('done', 1, { command: 'pwd' })])).to.deep.equal(expected);
    expect(calls(stream)).to.deep.equal(expected);
    const whole = { ...shell, action: { ...action, commands: ['cd "a"', 'pwd', 'ls'] } };
    expect(calls([added(0, shell), done(0, whole)])).to.deep.equal(expected);
    expect(calls([...stream.slice(1), done(0, shell)])).to.deep.equal(expected);
  });
});
