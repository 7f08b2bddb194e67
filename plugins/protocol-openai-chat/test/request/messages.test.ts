import { expect } from 'chai';
import type { CanonicalRequest, ContentBlock, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, PNG, result, system, user } from '@claudex/sdk/testing';

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}) {
  const { body, losses } = encodeRequest(contextOf(request, quirks));
  return {
    messages: body['messages'] as { role: string; [field: string]: unknown }[],
    losses,
    features: losses.map(({ feature }) => feature),
  };
}

describe('encoding instructions', () => {
  it('joins the system blocks into one message without the billing line', () => {
    const { messages, features } = encode({
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=1;' },
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: '' },
        { type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } },
      ],
      messages: [user('hi')],
    });
    expect(messages[0]).to.deep.equal({ role: 'system', content: 'Be brief.\n\nBe kind.' });
    expect(features).to.deep.equal(['billing_line', 'cache_control']);
  });

  it('takes system messages at the front for instructions, under the role the provider wants', () => {
    const request = { system: [{ type: 'text' as const, text: 'A' }], messages: [system('B'), user('hi')] };
    expect(encode(request, { instructionRole: 'developer' }).messages).to.deep.equal([
      { role: 'developer', content: 'A\n\nB' },
      { role: 'user', content: 'hi' },
    ]);
  });

  it('turns a later system message into tagged user text, next to what the user said', () => {
    expect(encode({ messages: [user('hi'), system('Mind the gap.'), user('go on')] }).messages).to.deep.equal([
      { role: 'user', content: 'hi\n<system-reminder>\nMind the gap.\n</system-reminder>\ngo on' },
    ]);
  });

  it('keeps a later system message where the provider takes it', () => {
    const quirks = { midConversationSystem: 'keep', instructionRole: 'developer' } as const;
    expect(encode({ messages: [user('hi'), system('Mind the gap.'), user('go on')] }, quirks).messages).to.deep.equal([
      { role: 'user', content: 'hi' },
      { role: 'developer', content: 'Mind the gap.' },
      { role: 'user', content: 'go on' },
    ]);
  });

  for (const midConversationSystem of ['user', 'keep'] as const) {
    it(`never lets a system message come between a call and its result (${midConversationSystem})`, () => {
      const { messages } = encode(
        { messages: [user('hi'), assistant(call('a')), system('S'), user(result('a', 'done'), 'next')] },
        { midConversationSystem },
      );
      expect(messages.map(({ role }) => role).slice(0, 3)).to.deep.equal(['user', 'assistant', 'tool']);
      expect(JSON.stringify(messages.slice(3)))
        .to.include('S')
        .and.to.include('next');
    });
  }
});

describe('encoding what the user says', () => {
  it('flattens text and drops empty pieces', () => {
    expect(encode({ messages: [user('a', '', 'b')] }).messages).to.deep.equal([{ role: 'user', content: 'a\nb' }]);
  });

  it('sends pictures as data URI or address, in order', () => {
    const remote: ContentBlock = { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } };
    expect(encode({ messages: [user('see', PNG, remote)] }).messages[0]?.['content']).to.deep.equal([
      { type: 'text', text: 'see' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
    ]);
  });

  it('replaces pictures by a note where the model takes none', () => {
    const { messages, losses } = encode({ messages: [user('see', PNG)] }, { images: false });
    expect(messages[0]?.['content'])
      .to.be.a('string')
      .and.to.match(/image was left out/);
    expect(losses).to.have.lengthOf(1);
    expect(losses[0]).to.include({ kind: 'dropped', path: 'messages[0].content[1]', feature: 'image' });
  });

  it('replaces stored pictures by a note', () => {
    const stored: ContentBlock = { type: 'image', source: { type: 'file', file_id: 'file_1' } };
    const { messages, features } = encode({ messages: [user(stored)] });
    expect(messages[0]?.['content']).to.match(/image was left out/);
    expect(features).to.deep.equal(['image']);
  });

  it('sends text documents as text and notes the others', () => {
    const text: ContentBlock = {
      type: 'document',
      title: 'Notes',
      context: 'From today.',
      source: { type: 'text', media_type: 'text/plain', data: 'the body' },
    };
    const pdf: ContentBlock = {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
    };
    const parts: ContentBlock = {
      type: 'document',
      source: { type: 'content', content: [{ type: 'text', text: 'inner' }, PNG] },
    };
    const { messages, losses } = encode({ messages: [user(text, pdf, parts)] });
    const content = JSON.stringify(messages[0]?.['content']);
    expect(content)
      .to.include('Notes')
      .and.to.include('From today.')
      .and.to.include('the body')
      .and.to.include('inner');
    expect(content).to.include('document was left out').and.to.include('data:image/png').and.not.to.include('JVBERi0');
    expect(losses.map(({ kind }) => kind)).to.deep.equal(['degraded', 'dropped', 'degraded']);
  });

  it('leaves a note for content of another protocol', () => {
    const opaque: ContentBlock = { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'novelty' } };
    const { messages, features } = encode({ messages: [user(opaque)] });
    expect(messages[0]?.['content']).to.match(/was left out here/);
    expect(features).to.deep.equal(['opaque_block']);
  });

  it('merges messages of one role and drops what is empty', () => {
    expect(encode({ messages: [user('a'), user(), assistant(''), user('b')] }).messages).to.deep.equal([
      { role: 'user', content: 'a\nb' },
    ]);
  });

  it('says that nothing was said where that is so, because nobody answers no messages', () => {
    const filled = { role: 'user', content: '[empty message]' };
    for (const messages of [[], [user('')], [user(), assistant('')], [user(''), system('')]]) {
      const encoded = encode({ messages });
      expect(encoded.messages).to.deep.equal([filled]);
      expect(encoded.losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([
        ['adjusted', 'empty_conversation'],
      ]);
    }
    const { messages } = encode({ system: [{ type: 'text', text: 'A' }], messages: [user('')] });
    expect(messages).to.deep.equal([{ role: 'system', content: 'A' }, filled]);
  });

  it('tells what a search result says, as text and with its cache breakpoint', () => {
    const found: ContentBlock = {
      type: 'opaque',
      protocol: 'anthropic-messages',
      value: { type: 'search_result', title: 'T', source: 's', content: [{ type: 'text', text: 'found' }] },
      cache_control: { type: 'ephemeral' },
    };
    const { messages, features } = encode(
      { messages: [user('see', found), assistant(call('a')), user(result('a', found))] },
      { cacheControl: true },
    );
    const text = '[The following is a search result "T" from s.]\nfound';
    expect(messages[0]?.['content']).to.deep.equal([
      { type: 'text', text: 'see' },
      { type: 'text', text, cache_control: { type: 'ephemeral' } },
    ]);
    expect(JSON.stringify(messages[2])).to.include(JSON.stringify(text));
    expect(features).to.deep.equal(['search_result', 'search_result']);
  });
});

describe('encoding what the assistant said', () => {
  it('joins text and puts calls beside it', () => {
    const { messages } = encode({
      messages: [user('hi'), assistant('a', 'b', call('c1', 'Read', { path: 'x' })), user(result('c1', 'ok'))],
    });
    expect(messages[1]).to.deep.equal({
      role: 'assistant',
      content: 'a\nb',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'Read', arguments: '{"path":"x"}' } }],
    });
  });

  it('records once that a text behind a call stands before it', () => {
    const calls = [user(result('a'), result('b'))];
    const { messages, losses } = encode({
      messages: [
        assistant('x', call('a'), '', 'y', call('b'), 'z'),
        ...calls,
        assistant('x', call('c')),
        user(result('c')),
      ],
    });
    expect(messages[0]?.['content']).to.equal('x\ny\nz');
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'messages[0].content[3]', 'block_order'],
    ]);
  });

  it('has null for content beside calls alone', () => {
    const { messages } = encode({ messages: [user('hi'), assistant(call('c1')), user(result('c1', 'ok'))] });
    expect(messages[1]).to.include({ content: null });
  });

  it('drops reasoning with a loss, and the whole message where nothing else was said', () => {
    const { messages, features } = encode({
      messages: [
        user('a'),
        assistant({ type: 'thinking', thinking: 'private', signature: 's' }, { type: 'redacted_thinking', data: 'x' }),
        user('b'),
      ],
    });
    expect(messages).to.deep.equal([{ role: 'user', content: 'a\nb' }]);
    expect(features).to.deep.equal(['foreign_thinking', 'foreign_thinking']);
  });

  it('tells as text what a provider searched itself, and drops what cannot be told', () => {
    const page = { type: 'web_search_result', url: 'https://example.org/', title: 'Example' };
    const { messages, losses } = encode({
      messages: [
        user('a'),
        assistant(
          { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'example' } },
          { type: 'server_tool_result', result_type: 'web_search_tool_result', tool_use_id: 's1', content: [page] },
          { type: 'server_tool_use', id: 's2', name: 'code_execution', input: {} },
          'found',
        ),
      ],
    });
    expect(messages[1]?.['content']).to.match(/example[^]*Example: https:\/\/example\.org\/\nfound$/);
    expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([
      ['degraded', 'server_tool_use'],
      ['degraded', 'server_tool_result'],
      ['dropped', 'server_tool_use'],
    ]);
  });

  it('keeps two messages of the assistant apart when the user said nothing between them', () => {
    const { messages, features } = encode({ messages: [user('a'), assistant('b'), user(''), assistant('c')] });
    expect(messages).to.deep.equal([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: '[empty message]' },
      { role: 'assistant', content: 'c' },
    ]);
    expect(features).to.deep.equal(['empty_message']);
  });

  it('keeps a prefilled answer as the last message', () => {
    expect(encode({ messages: [user('a'), assistant('{')] }).messages.at(-1)).to.deep.equal({
      role: 'assistant',
      content: '{',
    });
  });
});
