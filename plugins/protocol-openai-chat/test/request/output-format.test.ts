import { expect } from 'chai';
import type { CanonicalRequest, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { contextOf, user } from '@claudex/sdk/testing';

const schema = { type: 'object', properties: { title: { type: 'string' } } };
const TITLE: Partial<CanonicalRequest> = {
  system: [{ type: 'text', text: 'Find a title.' }],
  messages: [user('hi')],
  output_config: { format: { type: 'json_schema', schema } },
};

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}) {
  const { body, losses } = encodeRequest(contextOf(request, quirks));
  return { body, messages: body['messages'] as { content: string }[], losses };
}

describe('encoding the format of an answer', () => {
  it('sends the schema where the provider holds its answer to it', () => {
    const { body, messages, losses } = encode(TITLE);
    expect(body['response_format']).to.deep.equal({ type: 'json_schema', json_schema: { name: 'answer', schema } });
    expect(messages[0]?.content).to.equal('Find a title.');
    expect(losses).to.deep.equal([]);
  });

  it('asks for JSON and puts the schema into the instructions, once', () => {
    const { body, messages, losses } = encode(TITLE, { responseFormat: 'json_object' });
    expect(body['response_format']).to.deep.equal({ type: 'json_object' });
    expect(messages[0]?.content.startsWith('Find a title.\n\nAnswer with one JSON value')).to.equal(true);
    expect(JSON.stringify(messages).split(JSON.stringify(JSON.stringify(schema)).slice(1, -1))).to.have.lengthOf(2);
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['degraded', 'output_config.format']]);
  });

  it('only has the words where the provider has no parameter, also without other instructions', () => {
    const { body, messages } = encode({ ...TITLE, system: [] }, { responseFormat: 'none' });
    expect(body).not.to.have.property('response_format');
    expect(messages).to.have.lengthOf(2);
    expect(messages[0]?.content).to.include(JSON.stringify(schema));
  });

  it('drops what is no JSON schema, and asks for nothing in its place', () => {
    for (const format of [{ type: 'grammar' }, { type: 'json_schema' }, { type: 'json_schema', schema: 'x' }]) {
      const { body, messages, losses } = encode(
        { messages: [user('hi')], output_config: { format } },
        { responseFormat: 'json_object' },
      );
      expect(body).not.to.have.property('response_format');
      expect(messages).to.have.lengthOf(1);
      expect(losses.map(({ feature }) => feature)).to.deep.equal(['output_format']);
    }
  });
});
