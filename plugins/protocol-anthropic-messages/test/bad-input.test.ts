import { expect } from 'chai';
import * as fc from 'fast-check';
import { isInvalidRequest, type Json, type JsonObject } from '@claudex/sdk';
import { anthropicMessages } from '../src/index.ts';
import { contextOf, decode } from './support/context.ts';

const assistant = (...content: Json[]): JsonObject => ({
  messages: [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content },
  ],
});
const use = (id: string): Json => ({ type: 'tool_use', id, name: 'Read', input: {} });
const result = (id: string): Json => ({ type: 'tool_result', tool_use_id: id, content: 'x' });
const tool = (name: string, schema: Json = { type: 'object' }): JsonObject => ({
  tools: [{ name, input_schema: schema }],
});

/** What a client may send, however strange, and nobody may trip over. */
const ACCEPTED: { [what: string]: JsonObject } = {
  'a prefilled answer': assistant({ type: 'text', text: 'Sure' }),
  'an answer without content': assistant(),
  'a result without a call': { messages: [{ role: 'user', content: [result('a')] }] },
  'a call twice': assistant(use('a'), use('a')),
  'a result twice': { messages: [{ role: 'user', content: [result('a'), result('a')] }] },
  'a name of 128 characters': tool('n'.repeat(128)),
  'a name in another script': tool('файл.читать 文件'),
  'a schema with everything': tool('a', { $ref: '#/$defs/a', anyOf: [{ format: 'x' }], enum: Array(5_000).fill('x') }),
  'a name that the language knows': tool('__proto__'),
  'a block of an unknown type': assistant({ type: 'hologram', depth: 3 }),
  'an unknown block in a result': {
    messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'hologram' }] }] }],
  },
  'half a surrogate pair': assistant({ type: 'text', text: 'a\ud800b' }),
  'a NUL': assistant({ type: 'text', text: 'a\u0000b' }),
  'a long string': assistant({ type: 'text', text: 'x'.repeat(1_000_000) }),
  'a large limit': { max_tokens: 1e12 },
  'unknown fields': { brand_new: { a: 1 }, speed: 'fast' },
  'cache markers everywhere': {
    system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    tools: [{ name: 'a', input_schema: {}, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }] }],
  },
  'reasoning with a foreign signature': assistant({ type: 'thinking', thinking: 'a', signature: 'claudex.x.2.%%%.y' }),
  'effort on a single turn': {
    messages: [{ role: 'system', content: 'a', output_config: { effort: 'new', more: 1 } }],
  },
};

describe('strange input', () => {
  for (const [what, body] of Object.entries(ACCEPTED)) {
    it(`is taken where it is ${what}, and written as JSON again`, () => {
      const { body: written } = anthropicMessages.encodeRequest(contextOf({ request: decode(body) }));
      expect(JSON.parse(JSON.stringify(written))).to.deep.equal(written);
    });
  }

  it('keeps what stands on a single turn', () => {
    const request = decode(ACCEPTED['effort on a single turn'] ?? {});
    expect(request.messages[0]?.output_config).to.deep.equal({ effort: 'new', more: 1 });
    const { body } = anthropicMessages.encodeRequest(contextOf({ request }));
    expect(body['messages']).to.have.deep.nested.property('[0].output_config', { effort: 'new', more: 1 });
  });

  const refused: [path: string, body: JsonObject][] = [
    ['max_tokens', { max_tokens: 0 }],
    ['max_tokens', { max_tokens: -5 }],
    ['messages', { messages: [] }],
    ['messages[0].role', { messages: [{ role: 'robot', content: 'x' }] }],
    ['messages[0].output_config', { messages: [{ role: 'user', content: 'x', output_config: 5 }] }],
    ['messages[0].output_config.effort', { messages: [{ role: 'user', content: 'x', output_config: { effort: 5 } }] }],
  ];
  for (const [path, body] of refused) {
    it(`is refused with the path ${path} where it is ${JSON.stringify(body)}`, () => {
      expect(() => decode(body))
        .to.throw()
        .that.satisfies(isInvalidRequest)
        .and.has.property('path', path);
    });
  }

  it('is an error that names a path or a request, whatever it is', () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    const anything = fc.dictionary(
      fc.constantFrom('messages', 'system', 'tools', 'max_tokens', 'thinking', 'output_config', 'tool_choice', 'x'),
      json,
    );
    fc.assert(
      fc.property(anything, (body) => {
        try {
          anthropicMessages.encodeRequest(contextOf({ request: decode(body) }));
        } catch (error) {
          expect(isInvalidRequest(error), String(error)).to.equal(true);
        }
      }),
    );
  });
});
