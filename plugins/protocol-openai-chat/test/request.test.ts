import { expect } from 'chai';
import type { CanonicalRequest, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../src/request.ts';
import { contextOf, tool, user } from '@claudex/sdk/testing';

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}) {
  const { body, losses } = encodeRequest(contextOf({ messages: [user('hi')], ...request }, quirks));
  return { body, losses, features: losses.map(({ feature }) => feature) };
}

describe('encoding the parameters of a request', () => {
  it('names the upstream model, not the one the client asked for', () => {
    const { body, losses } = encode({});
    expect(body).to.deep.equal({
      model: 'upstream-model',
      messages: [{ role: 'user', content: 'hi' }],
      stream: false,
    });
    expect(losses).to.deep.equal([]);
  });

  it('passes sampling on and reports what has no counterpart', () => {
    const { body, losses } = encode({ temperature: 0, top_p: 0.9, top_k: 40 });
    expect(body).to.include({ temperature: 0, top_p: 0.9 });
    expect(body).not.to.have.property('top_k');
    expect(losses).to.deep.equal([
      { kind: 'dropped', path: 'top_k', feature: 'top_k', reason: 'The protocol has no such parameter.' },
    ]);
  });

  it('sends top_k and raises the temperature where the provider wants it so', () => {
    const { body, losses } = encode({ temperature: 0, top_k: 40 }, { topK: true, minTemperature: 0.01 });
    expect(body).to.include({ temperature: 0.01, top_k: 40 });
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['adjusted', 'temperature']]);
    expect(encode({ temperature: 1 }, { minTemperature: 0.01 }).losses).to.deep.equal([]);
  });

  it('raises a limit that is below what the provider takes', () => {
    const { body, losses } = encode({ max_tokens: 5 }, { minOutputTokens: 16 });
    expect(body).to.include({ max_tokens: 16 });
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['adjusted', 'max_tokens']]);
    expect(encode({ max_tokens: 0 }).body).to.include({ max_tokens: 1 });
    expect(encode({ max_tokens: 1e12 }).body).to.include({ max_tokens: 1e12 });
  });

  it('writes the limit under the field the provider wants', () => {
    expect(encode({ max_tokens: 7 }).body).to.include({ max_tokens: 7 });
    const modern = encode({ max_tokens: 7 }, { maxOutputTokensField: 'max_completion_tokens' }).body;
    expect(modern).to.include({ max_completion_tokens: 7 });
    expect(modern).not.to.have.property('max_tokens');
    const none = encode({ max_tokens: 7 }, { maxOutputTokensField: 'none' });
    expect(none.body).to.have.all.keys('model', 'messages', 'stream');
    expect(none.features).to.deep.equal(['max_tokens']);
  });

  it('sends four stop sequences and reports the rest', () => {
    expect(encode({ stop_sequences: [] }).body).not.to.have.property('stop');
    expect(encode({ stop_sequences: ['a', 'b', 'c', 'd'] }).losses).to.deep.equal([]);
    const { body, losses } = encode({ stop_sequences: ['a', 'b', 'c', 'd', 'secret'] });
    expect(body['stop']).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(losses.map(({ path }) => path)).to.deep.equal(['stop_sequences[4]']);
    expect(JSON.stringify(losses)).not.to.include('secret');
  });

  it('sends as many stop sequences as the provider takes', () => {
    const stop_sequences = ['a', 'b', 'c', 'd', 'e'];
    expect(encode({ stop_sequences }, { maxStopSequences: 5 }).body['stop']).to.have.lengthOf(5);
    const none = encode({ stop_sequences }, { maxStopSequences: 0 });
    expect(none.body).not.to.have.property('stop');
    expect(none.losses.map(({ path }) => path)).to.deep.equal(['stop_sequences[0]']);
  });

  it('streams always or never where the provider can do nothing else', () => {
    expect(encode({ stream: false }, { streaming: 'only' }).body).to.deep.include({
      stream: true,
      stream_options: { include_usage: true },
    });
    const never = encode({ stream: true }, { streaming: 'never' }).body;
    expect(never).to.include({ stream: false });
    expect(never).not.to.have.property('stream_options');
  });

  it('asks for usage only in streams, and not where the provider refuses', () => {
    expect(encode({ stream: true }).body).to.deep.include({ stream: true, stream_options: { include_usage: true } });
    expect(encode({ stream: false }).body).not.to.have.property('stream_options');
    expect(encode({ stream: true }, { streamUsage: false }).body).not.to.have.property('stream_options');
  });

  it('asks for an answer after a JSON schema', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const { body, losses } = encode({ output_config: { format: { type: 'json_schema', schema } } });
    expect(body['response_format']).to.deep.equal({ type: 'json_schema', json_schema: { name: 'answer', schema } });
    expect(losses).to.deep.equal([]);
    expect(encode({ output_config: { format: { type: 'grammar' } } }).features).to.deep.equal(['output_format']);
  });

  it('reports metadata and unknown fields by their path', () => {
    const { body, losses } = encode({
      metadata: { user_id: 'private-device' },
      other: { context_management: { edits: [] }, service_tier: 'auto' },
      ext: { 'anthropic-messages': {} },
    });
    expect(body).to.have.all.keys('model', 'messages', 'stream');
    expect(losses.map(({ path }) => path)).to.deep.equal([
      'metadata.user_id',
      'context_management',
      'service_tier',
      'ext',
    ]);
    expect(JSON.stringify(losses)).not.to.include('private-device');
  });

  it('leaves out fields a provider refuses, each with a loss, and only those that were set', () => {
    const quirks = { omitFields: ['temperature', 'tools', 'seed'] };
    const { body, features } = encode({ temperature: 1, tools: [tool('Read')] }, quirks);
    expect(body).to.have.all.keys('model', 'messages', 'stream');
    expect(features).to.deep.equal(['temperature', 'tools']);
  });

  it('leaves no choice of a tool behind when tools are left out', () => {
    const tool_choice = { type: 'any', disable_parallel_tool_use: true } as const;
    const { body } = encode({ tools: [tool('Read')], tool_choice }, { omitFields: ['tools'] });
    expect(body).to.have.all.keys('model', 'messages', 'stream');
  });

  it('adds the fields a provider wants in every request and joins objects', () => {
    const extraFields = { thinking: { clear_thinking: false }, tool_stream: true, seed: 1 };
    const quirks: Quirks = { extraFields, omitFields: ['seed'], reasoningRequest: 'thinking-switch' };
    const { body, losses } = encode({ thinking: { type: 'adaptive' } }, quirks);
    expect(body).to.deep.include({ thinking: { type: 'enabled', clear_thinking: false }, tool_stream: true });
    expect(body).not.to.have.property('seed');
    expect(losses).to.deep.equal([]);
    expect(extraFields.thinking).to.deep.equal({ clear_thinking: false });
  });

  it('gives the same bytes for the same request', () => {
    const request = { messages: [user('hi')], tools: [tool('b'), tool('a')], stream: true };
    const first = JSON.stringify(encodeRequest(contextOf(request)).body);
    expect(JSON.stringify(encodeRequest(contextOf(request)).body)).to.equal(first);
    expect(first.indexOf('"b"')).to.be.lessThan(first.indexOf('"a"'));
  });
});
