import { expect } from 'chai';
import type { CanonicalRequest, ContentBlock } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, PNG, result, tool, user } from '@claudex/sdk/testing';

function encode(request: Partial<CanonicalRequest>) {
  const { body, losses } = encodeRequest(contextOf(request));
  return { body, json: JSON.stringify(body), features: losses.map(({ feature }) => feature) };
}

describe('encoding what no client should send', () => {
  it('replaces halves of characters everywhere, and records it once', () => {
    const half = 'cut \ud83d';
    const { json, features } = encode({
      system: [{ type: 'text', text: half }],
      tools: [
        tool('A', { description: half, input_schema: { type: 'object', properties: { [half]: { title: half } } } }),
      ],
      messages: [user(half, PNG), assistant(half, call('c', 'A', { [half]: half })), user(result('c', half))],
    });
    expect(json).not.to.match(/\\+ud83d/);
    expect(json.split('cut \ufffd')).to.have.lengthOf(10);
    expect(features).to.deep.equal(['half_character']);
  });

  it('passes on everything that only looks unusual', () => {
    const odd = 'NUL \u0000, backslash-u \\ud83d, whole \ud83d\ude00, \u2028';
    const { body, features } = encode({
      messages: [user(odd), assistant(call('c', 'A', { odd })), user(result('c', odd))],
    });
    const [first, second, third] = body['messages'] as [
      { content: string },
      { tool_calls: { function: { arguments: string } }[] },
      { content: string },
    ];
    expect([first.content, third.content]).to.deep.equal([odd, odd]);
    expect(JSON.parse(second.tool_calls[0]?.function.arguments ?? '')).to.deep.equal({ odd });
    expect(features).to.deep.equal([]);
  });

  it('takes huge texts and very many blocks', () => {
    const huge = 'x'.repeat(1_000_000);
    const many = Array.from({ length: 150_000 }, (): ContentBlock => ({ type: 'text', text: 'y' }));
    const document: ContentBlock = { type: 'document', source: { type: 'content', content: many } };
    const answer: ContentBlock = { type: 'tool_result', tool_use_id: 'c', content: many };
    const { json } = encode({
      messages: [user(huge), { role: 'user', content: many }, assistant(call('c')), user(answer, document)],
    });
    expect(json.length).to.be.greaterThan(huge.length + 3 * many.length);
  });

  it('keeps a field of an input that is called like a prototype', () => {
    const input = JSON.parse('{"__proto__":{"a":"\\ud83d"}}') as { [key: string]: string };
    const { json } = encode({ messages: [user('a'), assistant(call('c', 'A', input))] });
    expect(json).to.include(String.raw`{\"__proto__\":{\"a\":\"` + '\ufffd');
  });

  it('leaves notes for blocks that do not belong where they are', () => {
    const { json, features } = encode({
      messages: [
        user(call('a'), { type: 'thinking', thinking: 'private' }),
        assistant(
          PNG,
          result('a', 'x'),
          { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'new' } },
          'b',
        ),
      ],
    });
    expect(features).to.deep.equal(['tool_use', 'thinking', 'image', 'tool_result', 'opaque_block']);
    expect(json).to.include('left out').and.not.to.include('private');
  });

  it('records extras of another protocol on blocks once', () => {
    const extra: ContentBlock = { type: 'text', text: 'a', ext: { 'anthropic-messages': { caller: 1 } } };
    expect(encode({ messages: [user(extra, extra), assistant(extra)] }).features).to.deep.equal(['block_extension']);
  });
});
