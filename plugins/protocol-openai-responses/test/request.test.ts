import { expect } from 'chai';
import { tool, user } from '@claudex/sdk/testing';
import { encode, said } from './request/support/encode.ts';

describe('encoding the parameters of a request', () => {
  it('names the upstream model, keeps nothing at the provider and asks for its encrypted reasoning', () => {
    const { body, losses } = encode({});
    expect(body).to.deep.equal({
      model: 'upstream-model',
      input: [said('hi')],
      include: ['reasoning.encrypted_content'],
      stream: false,
      store: false,
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

  it('sends what only some servers take where they take it', () => {
    const { body, losses } = encode({ top_k: 40, temperature: 0 }, { topK: true, minTemperature: 0.1 });
    expect(body).to.include({ top_k: 40, temperature: 0.1 });
    expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([['adjusted', 'temperature']]);
  });

  it('limits the answer, raises a limit that is too low, and leaves it out where none is taken', () => {
    expect(encode({ max_tokens: 700 }).body).to.include({ max_output_tokens: 700 });
    const low = encode({ max_tokens: 7 });
    expect(low.body).to.include({ max_output_tokens: 16 });
    expect(low.losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['adjusted', 'max_tokens']]);
    expect(encode({ max_tokens: 7 }, { minOutputTokens: 1 }).body).to.include({ max_output_tokens: 7 });
    const none = encode({ max_tokens: 700 }, { maxOutputTokensField: 'none' });
    expect(none.body).not.to.have.property('max_output_tokens');
    expect(none.features).to.deep.equal(['max_tokens']);
  });

  it('reports stop sequences without quoting them', () => {
    expect(encode({ stop_sequences: [] }).losses).to.deep.equal([]);
    const { body, losses, features } = encode({ stop_sequences: ['secret'] });
    expect(features).to.deep.equal(['stop_sequences']);
    expect(JSON.stringify([body, losses])).not.to.include('secret');
  });

  it('streams as the client asks, unless the provider knows only one way', () => {
    expect(encode({ stream: true }).body).to.include({ stream: true });
    expect(encode({ stream: false }, { streaming: 'only' }).body).to.include({ stream: true });
    expect(encode({ stream: true }, { streaming: 'never' }).body).to.include({ stream: false });
  });

  it('derives the cache key from the session, in a length the provider takes', () => {
    const session = 'a'.repeat(65);
    expect(encode({}, {}, { session: 's-1' }).body).to.include({ prompt_cache_key: 's-1' });
    const long = encode({}, {}, { session }).wire.prompt_cache_key;
    expect(long).to.match(/^[0-9a-z]{32}$/);
    expect(encode({}, {}, { session: `${session}a` }).wire.prompt_cache_key).not.to.equal(long);
    expect(encode({}, { promptCacheKey: false }, { session: 's-1' }).body).not.to.have.property('prompt_cache_key');
  });

  it('keeps metadata on this machine, unless the provider has a field for an opaque id', () => {
    const id = (session: string): string => JSON.stringify({ device_id: 'private-device', session_id: session });
    const kept = encode({ metadata: { user_id: id('1'), team: 't' } });
    expect(kept.losses.map(({ path }) => path)).to.deep.equal(['metadata.user_id', 'metadata.team']);
    const sent = encode({ metadata: { user_id: id('1') } }, { userField: 'safety_identifier' });
    expect(sent.losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['adjusted', 'metadata.user_id']]);
    const opaque = sent.wire.safety_identifier;
    expect(opaque).to.match(/^[0-9a-z]{32}$/);
    expect(encode({ metadata: { user_id: id('2') } }, { userField: 'user' }).wire.user).to.equal(opaque);
    expect(encode({ metadata: { user_id: 'other' } }, { userField: 'user' }).wire.user).not.to.equal(opaque);
    expect(JSON.stringify([kept, sent])).not.to.include('private-device');
  });

  it('reports fields that nobody models, but no betas', () => {
    const { body, losses } = encode({
      other: { context_management: { edits: [] }, service_tier: 'auto' },
      ext: { 'anthropic-messages': { a: 1 } },
      client: { betas: ['effort-2025-11-24'] },
    });
    expect(body).to.have.all.keys('model', 'input', 'include', 'stream', 'store');
    expect(losses.map(({ path, feature }) => [path, feature])).to.deep.equal([
      ['context_management', 'context_management'],
      ['service_tier', 'service_tier'],
      ['ext', 'request_extension'],
    ]);
  });

  it('adds the fields a provider wants and leaves out those it refuses, each with a loss', () => {
    const quirks = {
      extraFields: { truncation: 'auto', instructions: '' },
      omitFields: ['temperature', 'tools', 'seed'],
    };
    const { body, features } = encode({ temperature: 1, tools: [tool('Read')] }, quirks);
    expect(body).to.include({ truncation: 'auto', instructions: '' });
    expect(body).not.to.have.any.keys('temperature', 'tools');
    expect(features).to.deep.equal(['temperature', 'tools']);
  });

  it('gives the same bytes for the same request', () => {
    const request = { messages: [user('hi')], tools: [tool('b'), tool('a')], stream: true, metadata: { user_id: 'u' } };
    const first = JSON.stringify(encode(request, { userField: 'user' }, { session: 's' }).body);
    expect(JSON.stringify(encode(request, { userField: 'user' }, { session: 's' }).body)).to.equal(first);
    expect(first.indexOf('"b"')).to.be.lessThan(first.indexOf('"a"'));
  });
});

describe('encoding the shape of the answer', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } } };
  const output_config = { format: { type: 'json_schema', schema } };

  it('asks for an answer after a JSON schema', () => {
    const { body, losses } = encode({ output_config });
    expect(body['text']).to.deep.equal({ format: { type: 'json_schema', name: 'answer', schema, strict: false } });
    expect(losses).to.deep.equal([]);
  });

  it('puts the schema into the instructions where the provider takes only JSON as such', () => {
    const system = [{ type: 'text' as const, text: 'Be brief.' }];
    const { body, losses } = encode({ system, output_config }, { responseFormat: 'json_object' });
    expect(body['text']).to.deep.equal({ format: { type: 'json_object' } });
    expect(body['instructions'])
      .to.match(/^Be brief\.\n\n.*JSON/)
      .and.to.include(JSON.stringify(schema));
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['degraded', 'output_config.format']]);
  });

  it('passes on a wish for any JSON', () => {
    const { body } = encode({ output_config: { format: { type: 'json_object' } } });
    expect(body['text']).to.deep.equal({ format: { type: 'json_object' } });
  });

  it('reports a shape that cannot be asked for', () => {
    for (const { body, features } of [
      encode({ output_config: { format: { type: 'grammar' } } }),
      encode({ output_config: { format: { type: 'json_schema' } } }),
      encode({ output_config }, { responseFormat: 'none' }),
    ]) {
      expect(body).not.to.have.property('text');
      expect(features).to.deep.equal(['output_format']);
    }
  });
});
