import { expect } from 'chai';
import type { CanonicalRequest, ContentBlock, ServerTool } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, PNG, result, tool, user } from '@claudex/sdk/testing';

/*
 * What the program that this one follows does with a request, measured: where it is right we must do the same, and
 * where it loses something we must not.
 */

function encode(request: Partial<CanonicalRequest>) {
  const { body } = encodeRequest(contextOf({ messages: [user('hi')], ...request }));
  return { body, messages: body['messages'] as { [field: string]: unknown }[] };
}

const failed: ContentBlock = {
  type: 'tool_result',
  tool_use_id: 'a',
  content: [{ type: 'text', text: 'r' }, PNG],
  is_error: true,
};

describe('what the predecessor gets right', () => {
  it('sends a plain question', () => {
    const { body, messages } = encode({ messages: [user('hello')], max_tokens: 100 });
    expect(messages[0]).to.deep.equal({ role: 'user', content: 'hello' });
    expect(body).to.include({ max_tokens: 100, model: 'upstream-model' });
  });

  it('sends text and a call', () => {
    const { messages } = encode({
      messages: [user('hi'), assistant('let me see', call('call_1', 'search', { q: 'x' }))],
    });
    expect(messages[1]).to.deep.equal({
      role: 'assistant',
      content: 'let me see',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'search', arguments: '{"q":"x"}' } }],
    });
  });

  it('sends two results in order, and the text beside them after them', () => {
    const { messages } = encode({
      messages: [assistant(call('a'), call('b')), user(result('a', '1'), result('b', '2'), 'so?')],
    });
    expect(messages.slice(1)).to.deep.equal([
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'tool', tool_call_id: 'b', content: '2' },
      { role: 'user', content: 'so?' },
    ]);
  });

  it('keeps a name of 64 characters and shortens longer ones without mixing them up', () => {
    const names = ['a'.repeat(64), 'a'.repeat(70), 'a'.repeat(71), 'ä'.repeat(70)];
    const { body } = encode({ tools: names.map((name) => tool(name)) });
    const sent = (body['tools'] as { function: { name: string } }[]).map((entry) => entry.function.name);
    expect(sent[0]).to.equal(names[0]);
    expect(new Set(sent).size).to.equal(4);
    expect(sent[1]).to.match(/^a{55}_[0-9a-f]{8}$/);
    for (const name of sent) expect(name).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
  });
});

describe('what the predecessor loses', () => {
  it('keeps text before and after a result, and the picture beside it', () => {
    const { messages } = encode({ messages: [assistant(call('a')), user('before', result('a', 'r'), 'after', PNG)] });
    expect(messages[1]).to.deep.equal({ role: 'tool', tool_call_id: 'a', content: 'r' });
    expect(messages[2]?.['content']).to.deep.equal([
      { type: 'text', text: 'before' },
      { type: 'text', text: 'after' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
    ]);
  });

  it('keeps the picture in a result, and says that it is an error', () => {
    const { messages } = encode({ messages: [assistant(call('a')), user(failed)] });
    expect(messages[1]?.['content']).to.match(/error[^]*r\n/);
    expect(JSON.stringify(messages[2])).to.include('data:image/png;base64,iVBORw0KGgo=');
  });

  it('keeps the address of a picture', () => {
    const picture: ContentBlock = { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } };
    expect(JSON.stringify(encode({ messages: [user(picture)] }).messages)).to.include('https://example.org/a.png');
  });

  it('sends no message of the assistant that says nothing', () => {
    const thinking: ContentBlock = { type: 'thinking', thinking: 'hm' };
    expect(encode({ messages: [user('a'), assistant(thinking), user('b')] }).messages).to.have.lengthOf(1);
  });

  it('sends no content that is an empty list', () => {
    const opaque: ContentBlock = {
      type: 'opaque',
      protocol: 'anthropic-messages',
      value: { type: 'container_upload' },
    };
    expect(encode({ messages: [user(opaque)] }).messages[0]?.['content'])
      .to.be.a('string')
      .with.length.greaterThan(0);
  });

  it('makes no function of a server tool, and no choice where there are no tools', () => {
    const search: ServerTool = {
      kind: 'server',
      type: 'web_search_20250305',
      name: 'web_search',
      declaration: { type: 'web_search_20250305', name: 'web_search' },
    };
    const { body } = encode({ tools: [search], tool_choice: { type: 'auto' } });
    expect(body).to.have.all.keys('model', 'messages', 'stream');
  });

  it('asks for the usage of a stream', () => {
    expect(encode({ stream: true }).body).to.deep.include({ stream_options: { include_usage: true } });
  });
});
