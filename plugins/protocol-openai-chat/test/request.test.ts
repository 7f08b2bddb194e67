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

  it('reports reasoning, effort, metadata and unknown fields by their path', () => {
    const { body, losses } = encode({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
      metadata: { user_id: 'private-device' },
      other: { context_management: { edits: [] }, service_tier: 'auto' },
    });
    expect(body).to.have.all.keys('model', 'messages', 'stream');
    expect(losses.map(({ path }) => path)).to.deep.equal([
      'output_config.effort',
      'thinking',
      'metadata.user_id',
      'context_management',
      'service_tier',
    ]);
    expect(JSON.stringify(losses)).not.to.include('private-device');
  });

  it('leaves out fields a provider refuses, each with a loss, and only those that were set', () => {
    const quirks = { omitFields: ['temperature', 'tools', 'seed'] };
    const { body, features } = encode({ temperature: 1, tools: [tool('Read')] }, quirks);
    expect(body).to.have.all.keys('model', 'messages', 'stream');
    expect(features).to.deep.equal(['temperature', 'tools']);
  });

  it('gives the same bytes for the same request', () => {
    const request = { messages: [user('hi')], tools: [tool('b'), tool('a')], stream: true };
    const first = JSON.stringify(encodeRequest(contextOf(request)).body);
    expect(JSON.stringify(encodeRequest(contextOf(request)).body)).to.equal(first);
    expect(first.indexOf('"b"')).to.be.lessThan(first.indexOf('"a"'));
  });
});
