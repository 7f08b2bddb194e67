import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { assistant, call, PNG, result, system, user } from '@claudex/sdk/testing';
import { answered, called, encodeMessages, resulted, said } from './support/encode.ts';

const PICTURE = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' } as const;

function failed(id: string, ...texts: string[]): ContentBlock {
  const content = texts.map((text): ContentBlock => ({ type: 'text', text }));
  return { type: 'tool_result', tool_use_id: id, content, is_error: true };
}

describe('encoding tool results', () => {
  it('answers all calls of a batch in their order before anything else is said', () => {
    const { input, losses } = encodeMessages([
      user('go'),
      assistant(call('a'), call('b')),
      user('first text', result('b', 'B'), result('a', 'A1', 'A2'), 'last text'),
    ]);
    expect(input.slice(1)).to.deep.equal([
      called('a'),
      called('b'),
      resulted('a', 'A1\nA2'),
      resulted('b', 'B'),
      said('first text', 'last text'),
    ]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'messages[2].content[0]', 'block_order'],
    ]);
  });

  it('keeps texts and pictures around a result, in order', () => {
    const { input } = encodeMessages([assistant(call('a')), user('before', result('a', 'r'), 'after', PNG)]);
    expect(input.slice(1)).to.deep.equal([
      resulted('a', 'r'),
      {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'before' }, { type: 'input_text', text: 'after' }, PICTURE],
      },
    ]);
  });

  it('marks an error and says when a result is empty', () => {
    const { input } = encodeMessages([
      assistant(call('a'), call('b'), call('c')),
      user(failed('a', 'no such file'), result('b', ''), failed('c')),
    ]);
    expect(input.slice(3)).to.deep.equal([
      resulted('a', '[The tool reported an error.]\nno such file'),
      resulted('b', '[empty result]'),
      resulted('c', '[The tool reported an error.]\n[empty result]'),
    ]);
  });

  it('puts pictures and files into the result itself, in order', () => {
    const pdf: ContentBlock = {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
    };
    const block: ContentBlock = {
      type: 'tool_result',
      tool_use_id: 'a',
      content: [{ type: 'text', text: 'before' }, PNG, pdf, { type: 'text', text: 'after' }],
      is_error: true,
    };
    const { input, losses } = encodeMessages([assistant(call('a')), user(block)]);
    expect(input[1]).to.deep.equal({
      type: 'function_call_output',
      call_id: 'a',
      output: [
        { type: 'input_text', text: '[The tool reported an error.]' },
        { type: 'input_text', text: 'before' },
        PICTURE,
        { type: 'input_file', filename: 'document.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
        { type: 'input_text', text: 'after' },
      ],
    });
    expect(losses).to.deep.equal([]);
  });

  it('keeps a note in the result where the model takes no pictures', () => {
    const { input, features } = encodeMessages([assistant(call('a')), user(result('a', PNG))], { images: false });
    expect(input[1])
      .to.have.property('output')
      .that.is.a('string')
      .and.matches(/image was left out/);
    expect(features).to.deep.equal(['image']);
  });

  it('says which tool a search has found', () => {
    const found: ContentBlock = { type: 'tool_reference', tool_name: 'mcp__x' };
    const { input } = encodeMessages([assistant(call('a')), user(result('a', found))]);
    expect(input[1]).to.deep.equal(resulted('a', 'The tool mcp__x is available now.'));
  });

  it('makes up a visible answer for a call that has none, also at the very end', () => {
    const { input, losses } = encodeMessages([
      user('hi'),
      assistant(call('a'), call('b')),
      user(result('b', 'B'), 'go'),
      assistant(call('c')),
    ]);
    expect(input.slice(1)).to.deep.equal([
      called('a'),
      called('b'),
      resulted('a', '[no result]'),
      resulted('b', 'B'),
      said('go'),
      called('c'),
      resulted('c', '[no result]'),
    ]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'messages[1].content[0]', 'missing_tool_result'],
      ['adjusted', 'messages[3].content[0]', 'missing_tool_result'],
    ]);
  });

  it('turns a result without a call into user text, pictures included', () => {
    const { input, features } = encodeMessages([
      user('go'),
      assistant('well'),
      user(result('ghost', 'boo', PNG), failed('gone', 'oh'), 'and?'),
    ]);
    expect(input[1]).to.deep.equal(answered('well'));
    expect(input[2]).to.deep.equal({
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: '[Result of an earlier tool call:]' },
        { type: 'input_text', text: 'boo' },
        PICTURE,
        { type: 'input_text', text: '[Error from an earlier tool call:]' },
        { type: 'input_text', text: 'oh' },
        { type: 'input_text', text: 'and?' },
      ],
    });
    expect(features).to.deep.equal(['orphan_tool_result', 'orphan_tool_result']);
  });

  it('drops a second call and a second result of the same id', () => {
    const { input, features } = encodeMessages([
      assistant(call('a'), call('a')),
      user(result('a', 'one'), result('a', 'two')),
    ]);
    expect(input).to.deep.equal([called('a'), resulted('a', 'one')]);
    expect(features).to.deep.equal(['duplicate_tool_use', 'duplicate_tool_result']);
  });

  it('tells two turns apart that use the same id', () => {
    const { input } = encodeMessages([
      assistant(call('a')),
      user(result('a', '1')),
      assistant(call('a')),
      user(result('a', '2')),
    ]);
    const ids = input.map((item) => ('call_id' in item ? item.call_id : undefined));
    expect(ids[0]).to.equal('a');
    expect(ids[1]).to.equal('a');
    expect(ids[2]).to.be.a('string').and.not.equal('a');
    expect(ids[3]).to.equal(ids[2]);
  });

  it('maps ids that the provider cannot take, the same way in call and result', () => {
    for (const id of ['call:abc|fc_1/#?', 'x'.repeat(65)]) {
      const { input } = encodeMessages([assistant(call(id)), user(result(id, 'ok'))]);
      const [first, second] = input as readonly { call_id?: string }[];
      expect(first?.call_id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(second?.call_id).to.equal(first?.call_id);
    }
    const { input } = encodeMessages([assistant(call('c'))], { toolCallIdMaxLength: 9 });
    expect(input[0])
      .to.have.property('call_id')
      .that.matches(/^[a-zA-Z0-9]{9}$/);
  });

  it('appends what the user says to the last result where the provider wants no message there', () => {
    const messages = [
      assistant(call('a'), call('b')),
      system('S'),
      user(result('a', 'A'), result('b', 'B'), 'hm', PNG),
    ];
    const { input } = encodeMessages(messages, { textAfterToolResults: 'append', midConversationSystem: 'user' });
    expect(input.slice(2)).to.deep.equal([
      resulted('a', 'A'),
      {
        type: 'function_call_output',
        call_id: 'b',
        output: [
          { type: 'input_text', text: 'B' },
          { type: 'input_text', text: '<system-reminder>\nS\n</system-reminder>' },
          { type: 'input_text', text: 'hm' },
          PICTURE,
        ],
      },
    ]);
    const kept = encodeMessages(messages, { textAfterToolResults: 'append' }).input;
    expect(kept.map((item) => ('role' in item ? item.role : item.type)).slice(2)).to.deep.equal([
      'function_call_output',
      'function_call_output',
      'developer',
    ]);
  });
});
