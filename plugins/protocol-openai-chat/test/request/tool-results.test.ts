import { expect } from 'chai';
import type { ContentBlock, Message, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, PNG, result, system, user } from '@claudex/sdk/testing';

function encode(messages: Message[], quirks: Quirks = {}) {
  const encoded = encodeRequest(contextOf({ messages }, quirks));
  return { messages: encoded.body['messages'] as { role: string; [field: string]: unknown }[], losses: encoded.losses };
}

describe('encoding tool results', () => {
  it('answers all calls of a batch in their order before anything else is said', () => {
    const { messages, losses } = encode([
      user('go'),
      assistant(call('a'), call('b')),
      user('first text', result('b', 'B'), result('a', 'A1', 'A2'), 'last text'),
    ]);
    expect(messages.slice(2)).to.deep.equal([
      { role: 'tool', tool_call_id: 'a', content: 'A1\nA2' },
      { role: 'tool', tool_call_id: 'b', content: 'B' },
      { role: 'user', content: 'first text\nlast text' },
    ]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'messages[2].content[0]', 'block_order'],
    ]);
  });

  it('marks an error and says when a result is empty', () => {
    const failed: ContentBlock = {
      type: 'tool_result',
      tool_use_id: 'a',
      content: [{ type: 'text', text: 'no such file' }],
      is_error: true,
    };
    const { messages } = encode([assistant(call('a'), call('b')), user(failed, result('b'))]);
    expect(messages[1]?.['content']).to.equal('[The tool reported an error.]\nno such file');
    expect(messages[2]?.['content']).to.equal('[empty result]');
  });

  it('lets pictures follow the whole batch and says whose they are', () => {
    const { messages } = encode([
      assistant(call('a', 'Shot'), call('b', 'Look')),
      user(result('a', 'before', PNG, 'after'), result('b', PNG), 'what now?'),
    ]);
    const note = '[The image of this result follows in the next user message.]';
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    expect(messages.slice(1)).to.deep.equal([
      { role: 'tool', tool_call_id: 'a', content: `before\n${note}\nafter` },
      { role: 'tool', tool_call_id: 'b', content: note },
      {
        role: 'user',
        content: [
          { type: 'text', text: '[Image from the result of Shot, call a:]' },
          picture,
          { type: 'text', text: '[Image from the result of Look, call b:]' },
          picture,
          { type: 'text', text: 'what now?' },
        ],
      },
    ]);
  });

  it('keeps a note in the result itself where the model takes no pictures', () => {
    const { messages } = encode([assistant(call('a')), user(result('a', PNG))], { images: false });
    expect(messages).to.have.lengthOf(2);
    expect(messages[1]?.['content']).to.match(/left out/);
  });

  it('writes documents and tool references of a result as text', () => {
    const pdf: ContentBlock = {
      type: 'document',
      title: 'R',
      source: { type: 'url', url: 'https://example.org/r.pdf' },
    };
    const { messages, losses } = encode([
      assistant(call('a')),
      user(result('a', { type: 'tool_reference', tool_name: 'mcp__x' }, pdf)),
    ]);
    expect(messages[1]?.['content']).to.match(/The tool mcp__x is available now\.\n\[A document "R" was left out/);
    expect(losses.map(({ path }) => path)).to.deep.equal(['messages[1].content[0].content[1]']);
  });

  it('makes up a visible answer for a call that has none, also at the very end', () => {
    const { messages, losses } = encode([
      assistant(call('a'), call('b')),
      user(result('b', 'B'), 'go'),
      assistant(call('c')),
    ]);
    expect(messages.map((message) => message['content'])).to.deep.equal([
      null,
      '[no result]',
      'B',
      'go',
      null,
      '[no result]',
    ]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'messages[0].content[0]', 'missing_tool_result'],
      ['adjusted', 'messages[2].content[0]', 'missing_tool_result'],
    ]);
  });

  it('turns a result without a call into user text', () => {
    const { messages, losses } = encode([user('go'), assistant('well'), user(result('ghost', 'boo'), 'and?')]);
    expect(messages[2]).to.deep.equal({ role: 'user', content: '[Result of an earlier tool call:]\nboo\nand?' });
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['orphan_tool_result']);
  });

  it('drops a second call and a second result of the same id', () => {
    const { messages, losses } = encode([
      assistant(call('a'), call('a')),
      user(result('a', 'one'), result('a', 'two')),
    ]);
    expect(messages[0]?.['tool_calls']).to.have.lengthOf(1);
    expect(messages.slice(1)).to.deep.equal([{ role: 'tool', tool_call_id: 'a', content: 'one' }]);
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['duplicate_tool_use', 'duplicate_tool_result']);
  });

  it('tells two turns apart that use the same id', () => {
    const { messages } = encode([
      assistant(call('a')),
      user(result('a', '1')),
      assistant(call('a')),
      user(result('a', '2')),
    ]);
    const ids = messages.filter(({ role }) => role === 'tool').map((message) => message['tool_call_id']);
    expect(new Set(ids).size).to.equal(2);
    const [, , second] = messages as unknown as { tool_calls: { id: string }[] }[];
    expect(second?.tool_calls[0]?.id).to.equal(ids[1]);
  });

  it('maps ids that the provider cannot take, the same way in call and result', () => {
    const { messages } = encode([assistant(call('call_0123456789')), user(result('call_0123456789', 'ok'))], {
      toolCallIdMaxLength: 9,
    });
    const [first, second] = messages as unknown as [{ tool_calls: { id: string }[] }, { tool_call_id: string }];
    expect(first.tool_calls[0]?.id).to.match(/^[a-zA-Z0-9]{9}$/);
    expect(second.tool_call_id).to.equal(first.tool_calls[0]?.id);
  });
});

describe('encoding text after tool results', () => {
  const quirks = { textAfterToolResults: 'append' } as const;

  it('appends it to the last result where a message of the user would do harm', () => {
    const { messages } = encode(
      [assistant(call('a'), call('b')), user(result('a', 'A'), result('b', 'B'), 'go'), system('Mind.')],
      quirks,
    );
    expect(messages.slice(1)).to.deep.equal([
      { role: 'tool', tool_call_id: 'a', content: 'A' },
      { role: 'tool', tool_call_id: 'b', content: 'B\ngo\n<system-reminder>\nMind.\n</system-reminder>' },
    ]);
  });

  it('keeps the message of the user for pictures, with all that was said, and where nothing was called', () => {
    const { messages } = encode([user('hi'), assistant(call('a')), user(result('a', 'A', PNG), 'go')], quirks);
    expect(messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'user']);
    expect(JSON.stringify(messages[3])).to.include('go');
    expect(encode([user('hi')], quirks).messages).to.deep.equal([{ role: 'user', content: 'hi' }]);
  });

  it('keeps instructions as messages of their own where these are taken', () => {
    const { messages } = encode([assistant(call('a')), user(result('a', 'A'), 'go'), system('Mind.')], {
      ...quirks,
      midConversationSystem: 'keep',
    });
    expect(messages.slice(1)).to.deep.equal([
      { role: 'tool', tool_call_id: 'a', content: 'A' },
      { role: 'user', content: 'go' },
      { role: 'system', content: 'Mind.' },
    ]);
  });
});
