import { expect } from 'chai';
import { toolNames } from '@claudex/sdk/codec';
import { contextOf, tool } from '@claudex/sdk/testing';
import { callPart, chunk, finish, parts, said, thought } from './support/chunks.ts';
import { answerOf, decode, keyedContext, lossesOf, outlineOf } from './support/decode.ts';

describe('a streamed answer', () => {
  it('is text that comes in pieces, under the name that the provider reports', () => {
    const answer = answerOf([
      said('Hel'),
      said('lo.'),
      finish('STOP', { promptTokenCount: 9, candidatesTokenCount: 2 }),
    ]);
    expect(answer).to.deep.equal({
      id: 'msg_new1',
      model: 'reported',
      content: [{ type: 'text', text: 'Hello.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      raw_stop_reason: 'STOP',
      usage: { input_tokens: 9, output_tokens: 2 },
    });
  });

  it('begins with what the provider counted of the prompt, where it has said so already', () => {
    const counted = chunk({
      candidates: [{ content: { parts: [{ text: 'a' }] } }],
      usageMetadata: { promptTokenCount: 50, cachedContentTokenCount: 40 },
    });
    const usageOf = (first: ReturnType<typeof said>): unknown => {
      const [start] = decode([first, finish()]);
      return start?.type === 'message_start' ? start.usage : undefined;
    };
    expect(usageOf(counted)).to.deep.equal({ input_tokens: 10, output_tokens: 0, cache_read_input_tokens: 40 });
    expect(usageOf(said('a'))).to.deep.equal({ input_tokens: 100, output_tokens: 0 });
  });

  it('has reasoning apart from text, and its state sealed', () => {
    const answer = answerOf([thought('Hm, '), thought('well.'), said('Yes.'), thought('More.'), finish()]);
    expect(outlineOf(answer)).to.deep.equal([['Hm, well.', { thought: {} }], 'Yes.', ['More.', { thought: {} }]]);
  });

  it('has calls whose ids were made up or, where the provider has any, are its own', () => {
    const own = { functionCall: { id: 'own_1', name: 'Grep', args: { pattern: 'ü' } } };
    const { content, stop_reason } = answerOf([parts([callPart('Read', { path: 'a' })]), parts([own, own]), finish()]);
    expect(content).to.deep.equal([
      { type: 'tool_use', id: 'toolu_new1', name: 'Read', input: { path: 'a' } },
      { type: 'tool_use', id: 'own_1', name: 'Grep', input: { pattern: 'ü' } },
      { type: 'tool_use', id: 'own_1_2', name: 'Grep', input: { pattern: 'ü' } },
    ]);
    expect(stop_reason).to.equal('tool_use');
  });

  it('has calls without arguments, and gives a name to those without', () => {
    const stream = [parts([{ functionCall: { name: 'Now' } }, { functionCall: { args: {} } }]), finish()];
    expect(answerOf(stream).content).to.deep.equal([
      { type: 'tool_use', id: 'toolu_new1', name: 'Now', input: {} },
      { type: 'tool_use', id: 'toolu_new3', name: 'unnamed_tool', input: {} },
    ]);
    expect(lossesOf(stream)).to.deep.equal(['adjusted tool_name']);
  });

  it('has the names of the client', () => {
    const name = `mcp__${'n'.repeat(80)}`;
    const context = { ...keyedContext(), ...contextOf({ tools: [tool(name)] }) };
    const wireName = toolNames(context.request).toWire(name);
    expect(wireName).to.have.length(64);
    const [call] = answerOf([parts([callPart(wireName, {})]), finish()], context).content;
    expect(call).to.have.property('name', name);
  });

  it('seals signatures before the call and behind the text that they belong to', () => {
    const stream = [
      said('Look.'),
      parts([{ text: '', thoughtSignature: 's1' }]),
      parts([callPart('Read', {}, { thoughtSignature: 's2' })]),
      finish(),
    ];
    expect(outlineOf(answerOf(stream))).to.deep.equal([
      'Look.',
      ['', { text: { length: 5, signature: 's1' }, call: { id: 'toolu_new2', signature: 's2' } }],
      { call: 'toolu_new2' },
    ]);
  });

  it('never ends with a block that holds nothing but a signature, which clients take for an empty answer', () => {
    const stream = [said('Done.'), parts([{ text: '', thoughtSignature: 's1' }]), finish()];
    expect(outlineOf(answerOf(stream))).to.deep.equal(['Done.']);
    expect(lossesOf(stream)).to.deep.equal(['dropped reasoning_state']);
  });

  it('keeps no state for a provider that is not known', () => {
    const { origin: _origin, ...context } = keyedContext();
    const stream = [
      thought('Hm.', { thoughtSignature: 's1' }),
      parts([callPart('Read', {}, { thoughtSignature: 's2' })]),
      finish(),
    ];
    expect(answerOf(stream, context).content).to.deep.equal([
      { type: 'thinking', thinking: 'Hm.', signature: '' },
      { type: 'tool_use', id: 'toolu_new2', name: 'Read', input: {} },
    ]);
    expect(lossesOf(stream, context)).to.deep.equal(['dropped reasoning_state']);
  });

  it('is the first of several, and says what of it cannot be shown', () => {
    const stream = [
      chunk({
        candidates: [
          { index: 1, content: { parts: [{ text: 'B' }] } },
          { index: 0, content: { parts: [{ text: 'A' }] } },
        ],
      }),
      parts([{ inlineData: { mimeType: 'image/png', data: 'iVBO' } }, { executableCode: { code: '1' } }]),
      said('!'),
      finish(),
    ];
    expect(outlineOf(answerOf(stream)).filter((block) => typeof block === 'string')).to.deep.equal(['A', '!']);
    expect(lossesOf(stream)).to.deep.equal(['dropped choices', 'dropped images', 'dropped executed_tools']);
  });

  it('may say the last words together with its end, and its usage behind that', () => {
    const answer = answerOf([
      finish('STOP', { promptTokenCount: 5 }, [{ text: 'All at once.' }]),
      chunk({ usageMetadata: { promptTokenCount: 6, candidatesTokenCount: 3 } }),
    ]);
    expect(answer.content).to.deep.equal([{ type: 'text', text: 'All at once.' }]);
    expect(answer.usage).to.deep.equal({ input_tokens: 6, output_tokens: 3 });
  });
});
