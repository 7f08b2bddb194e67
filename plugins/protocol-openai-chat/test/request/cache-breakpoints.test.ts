import { expect } from 'chai';
import type { CanonicalRequest, ContentBlock, Message } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, PNG, result, tool, user } from '@claudex/sdk/testing';

const MARK = { type: 'ephemeral' } as const;
const HOUR = { type: 'ephemeral', ttl: '1h' } as const;

function marked(content: ContentBlock | string, mark: ContentBlock['cache_control'] = MARK): ContentBlock {
  const block: ContentBlock = typeof content === 'string' ? { type: 'text', text: content } : { ...content };
  return { ...block, cache_control: mark };
}

function encode(request: Partial<CanonicalRequest>, cacheControl = true) {
  const { body, losses } = encodeRequest(contextOf(request, { cacheControl }));
  return {
    body,
    messages: body['messages'] as { role: string; content: unknown }[],
    features: losses.map(({ feature }) => feature),
    losses,
  };
}

describe('encoding cache breakpoints', () => {
  it('puts them on instructions, tools, text, pictures and results', () => {
    const { body, messages, losses } = encode({
      tools: [tool('A'), tool('B', { cache_control: MARK })],
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: a', cache_control: MARK },
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two', cache_control: HOUR },
      ],
      messages: [user('see', marked(PNG)), assistant(call('a')), user(marked(result('a', 'done')))],
    });
    expect(JSON.stringify(body['tools']).split('cache_control')).to.have.lengthOf(2);
    expect(messages[0]?.content).to.deep.equal([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two', cache_control: HOUR },
    ]);
    expect(messages[1]?.content).to.deep.equal([
      { type: 'text', text: 'see' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' }, cache_control: MARK },
    ]);
    expect(messages[3]).to.deep.equal({
      role: 'tool',
      tool_call_id: 'a',
      content: [{ type: 'text', text: 'done', cache_control: MARK }],
    });
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['billing_line']);
  });

  it('puts them on instructions inside the conversation, in whatever form these are sent', () => {
    const later: Message = { role: 'system', content: [{ type: 'text', text: 'Mind.' }, marked('the gap')] };
    const request = { messages: [user('hi'), later] };
    expect(encode(request).messages[0]?.content).to.deep.equal([
      { type: 'text', text: 'hi' },
      { type: 'text', text: '<system-reminder>\nMind.\nthe gap\n</system-reminder>', cache_control: MARK },
    ]);
    const quirks = { cacheControl: true, midConversationSystem: 'keep' } as const;
    expect(encodeRequest(contextOf(request, quirks)).body['messages']).to.deep.equal([
      { role: 'user', content: 'hi' },
      { role: 'system', content: [{ type: 'text', text: 'Mind.\nthe gap', cache_control: MARK }] },
    ]);
  });

  it('puts them on what the assistant said, but not on its calls', () => {
    const { messages, features } = encode({ messages: [user('a'), assistant(marked('b'), marked(call('c')))] });
    expect(messages[1]?.content).to.deep.equal([{ type: 'text', text: 'b', cache_control: MARK }]);
    expect(JSON.stringify(messages).split('cache_control')).to.have.lengthOf(2);
    expect(features).to.include('cache_control');
  });

  it('keeps the last four and records the surplus once', () => {
    const system = ['a', 'b', 'c'].map((text) => ({ type: 'text' as const, text, cache_control: MARK }));
    const { body, messages, features } = encode({
      tools: [tool('A', { cache_control: MARK })],
      system,
      messages: [user(marked('d'), marked('e'))],
    });
    expect(JSON.stringify(body).split('cache_control')).to.have.lengthOf(5);
    expect(JSON.stringify(body['tools'])).not.to.include('cache_control');
    expect(messages[0]?.content).to.deep.equal([{ type: 'text', text: 'a' }, ...system.slice(1)]);
    expect(features).to.deep.equal(['cache_control']);
  });

  it('records one loss and sends plain strings where the provider takes none', () => {
    const { body, features } = encode(
      {
        tools: [tool('A', { cache_control: MARK })],
        system: [{ type: 'text', text: 'S', cache_control: MARK }],
        messages: [
          user(marked('a')),
          assistant(marked('b'), marked(call('c'))),
          user(marked(result('c', marked('d')))),
        ],
      },
      false,
    );
    expect(JSON.stringify(body)).not.to.include('cache_control');
    expect(features).to.deep.equal(['cache_control']);
  });

  it('does not change what the client sent', () => {
    const request = {
      system: [{ type: 'text' as const, text: 'S', cache_control: MARK }],
      messages: [user(marked('a'))],
    };
    const before = structuredClone(request);
    encode(request);
    expect(request).to.deep.equal(before);
  });
});
