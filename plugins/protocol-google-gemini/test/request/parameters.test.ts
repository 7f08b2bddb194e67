import { expect } from 'chai';
import type { CanonicalRequest, JsonObject, Quirks } from '@claudex/sdk';
import { tool, user } from '@claudex/sdk/testing';
import { encode, encodeOld, words } from '../support/encode.ts';

const messages = [user('go')];
const SCHEMA: JsonObject = { type: 'object', properties: { kind: { const: 'a' } } };
const FORMAT = { output_config: { format: { type: 'json_schema', schema: SCHEMA } } };

function configOf(request: Partial<CanonicalRequest>, quirks: Quirks = {}) {
  const { body, losses } = encode({ messages, ...request }, quirks);
  return { config: body.generationConfig, lost: words(losses) };
}

describe('parameters', () => {
  it('stand in one object', () => {
    const request = { max_tokens: 100, temperature: 0.5, top_p: 0.9, top_k: 40, stop_sequences: ['a', 'b'] };
    expect(configOf(request)).to.deep.equal({
      config: { maxOutputTokens: 100, temperature: 0.5, topP: 0.9, topK: 40, stopSequences: ['a', 'b'] },
      lost: [],
    });
  });

  it('are fitted to what the provider takes', () => {
    expect(configOf({ max_tokens: 1 }, { minOutputTokens: 16 })).to.deep.equal({
      config: { maxOutputTokens: 16 },
      lost: ['adjusted max_tokens max_tokens'],
    });
    expect(configOf({ max_tokens: 1 }, { maxOutputTokensField: 'none' })).to.deep.equal({
      config: undefined,
      lost: ['dropped max_tokens max_tokens'],
    });
    expect(configOf({ temperature: 0 }, { minTemperature: 0.1 }).config).to.deep.equal({ temperature: 0.1 });
    expect(configOf({ top_k: 3 }, { topK: false }).lost).to.deep.equal(['dropped top_k top_k']);
    const six = configOf({ stop_sequences: ['a', 'b', 'c', 'd', 'e', 'f'] });
    expect(six.config?.stopSequences).to.have.length(5);
    expect(six.lost).to.deep.equal(['dropped stop_sequences stop_sequences[5]']);
  });

  it('leave the identity of the user and unknown fields on this machine', () => {
    const { config, lost } = configOf({ metadata: { user_id: 'me' }, other: { service_tier: 'auto' } });
    expect(config).to.equal(undefined);
    expect(lost).to.deep.equal(['dropped metadata metadata.user_id', 'dropped service_tier service_tier']);
  });

  it('are joined by what a quirk adds, and left out where it says so', () => {
    const { body, losses } = encode(
      { messages, temperature: 1, max_tokens: 5 },
      {
        extraFields: { generationConfig: { seed: 7 }, safetySettings: [] },
        omitFields: ['generationConfig.temperature', 'nothing.here'],
      },
    );
    expect(body.generationConfig).to.deep.equal({ maxOutputTokens: 5, seed: 7 });
    expect(body).to.have.property('safetySettings');
    expect(words(losses)).to.deep.equal(['dropped refused_field generationConfig.temperature']);
    const bare = encode({ messages, tools: [tool('Read')], tool_choice: { type: 'any' } }, { omitFields: ['tools'] });
    expect(bare.body).to.have.all.keys('contents');
  });

  it('depend on the request where a quirk says so', () => {
    const quirks: Quirks = { whileReasoning: { omitFields: ['generationConfig.temperature'] } };
    expect(configOf({ temperature: 1 }, quirks).config).to.deep.equal({ temperature: 1 });
    expect(configOf({ temperature: 1, thinking: { type: 'adaptive' } }, quirks).config).not.to.have.property(
      'temperature',
    );
  });
});

describe('the shape of an answer', () => {
  it('is a schema among the parameters', () => {
    expect(configOf(FORMAT)).to.deep.equal({
      config: {
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object', properties: { kind: { enum: ['a'] } } },
      },
      lost: [],
    });
  });

  it('is asked for in words where it cannot be a parameter', () => {
    const lost = ['degraded output_format output_config.format'];
    const json = encode({ messages, ...FORMAT }, { responseFormat: 'json_object' });
    expect(json.body.generationConfig).to.deep.equal({ responseMimeType: 'application/json' });
    const none = encode({ messages, ...FORMAT }, { responseFormat: 'none' });
    const beside = encodeOld({ messages, ...FORMAT, tools: [tool('Read')] });
    for (const { body, losses } of [json, none, beside]) {
      expect(body.systemInstruction?.parts.at(-1)?.text).to.include('"const":"a"');
      expect(words(losses)).to.deep.equal(lost);
    }
    expect(beside.body).not.to.have.property('generationConfig');
    expect(encode({ messages, ...FORMAT, tools: [tool('Read')] }).body.generationConfig).to.have.property(
      'responseJsonSchema',
    );
  });

  it('is lost where it is something else', () => {
    for (const format of [{ type: 'regex' }, { type: 'json_schema', schema: 7 }] as JsonObject[])
      expect(configOf({ output_config: { format } }).lost).to.deep.equal([
        'dropped output_format output_config.format',
      ]);
  });
});
