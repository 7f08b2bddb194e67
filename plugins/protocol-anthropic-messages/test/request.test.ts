import { expect } from 'chai';
import { isInvalidRequest, type ContentBlock, type Json, type JsonObject } from '@claudex/sdk';
import { clientCodec, decode } from './support/context.ts';

const withBlock = (block: Json): JsonObject => ({ messages: [{ role: 'user', content: [block] }] });

function decodeOne(block: JsonObject): ContentBlock | undefined {
  return decode(withBlock(block)).messages[0]?.content[0];
}

/** What is wrong, and the path the error must name. */
const MALFORMED: { [path: string]: JsonObject[] } = {
  model: [{ model: null }, { model: 7 }, { model: '' }],
  messages: [{ messages: null }, { messages: {} }, { messages: [] }],
  'messages[0]': [{ messages: ['Hi'] }, { messages: [null] }],
  'messages[0].role': [{ messages: [{ content: 'Hi' }] }, { messages: [{ role: 'tool', content: 'Hi' }] }],
  'messages[1].content': [
    { messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant' }] },
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 5 },
      ],
    },
  ],
  'messages[0].content[0]': [withBlock('Hi'), withBlock(null)],
  'messages[0].content[0].type': [withBlock({}), withBlock({ type: 5 }), withBlock({ type: '' })],
  'messages[0].content[0].text': [withBlock({ type: 'text' }), withBlock({ type: 'text', text: 1 })],
  'messages[0].content[0].thinking': [withBlock({ type: 'thinking', signature: 's' })],
  'messages[0].content[0].signature': [withBlock({ type: 'thinking', thinking: '', signature: 1 })],
  'messages[0].content[0].data': [withBlock({ type: 'redacted_thinking' })],
  'messages[0].content[0].id': [
    withBlock({ type: 'tool_use', name: 'a', input: {} }),
    withBlock({ type: 'server_tool_use', id: '', name: 'a', input: {} }),
  ],
  'messages[0].content[0].name': [withBlock({ type: 'tool_use', id: 'a', input: {} })],
  'messages[0].content[0].input': [withBlock({ type: 'tool_use', id: 'a', name: 'a', input: '{}' })],
  'messages[0].content[0].tool_use_id': [
    withBlock({ type: 'tool_result', content: 'x' }),
    withBlock({ type: 'web_search_tool_result', content: [] }),
  ],
  'messages[0].content[0].content': [withBlock({ type: 'tool_result', tool_use_id: 'a', content: {} })],
  'messages[0].content[0].content[1].text': [
    withBlock({ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: '' }, { type: 'text' }] }),
  ],
  'messages[0].content[0].is_error': [withBlock({ type: 'tool_result', tool_use_id: 'a', is_error: 'yes' })],
  'messages[0].content[0].tool_name': [withBlock({ type: 'tool_reference' })],
  'messages[0].content[0].source': [withBlock({ type: 'image' }), withBlock({ type: 'document', source: 'x' })],
  'messages[0].content[0].source.type': [withBlock({ type: 'image', source: {} })],
  'messages[0].content[0].source.data': [
    withBlock({ type: 'image', source: { type: 'base64', media_type: 'image/png' } }),
  ],
  'messages[0].content[0].source.url': [withBlock({ type: 'image', source: { type: 'url' } })],
  'messages[0].content[0].source.file_id': [withBlock({ type: 'document', source: { type: 'file' } })],
  'messages[0].content[0].source.content': [withBlock({ type: 'document', source: { type: 'content' } })],
  'messages[0].content[0].cache_control': [withBlock({ type: 'text', text: '', cache_control: 'ephemeral' })],
  system: [{ system: 5 }, { system: {} }],
  'system[0]': [{ system: ['Be kind.'] }],
  max_tokens: [{ max_tokens: 0 }, { max_tokens: -1 }, { max_tokens: 1.5 }, { max_tokens: '8' }],
  temperature: [{ temperature: '1' }],
  stop_sequences: [{ stop_sequences: 'x' }, { stop_sequences: [1] }],
  stream: [{ stream: 'true' }],
  metadata: [{ metadata: [] }],
  tools: [{ tools: {} }],
  'tools[0]': [{ tools: ['Read'] }],
  'tools[0].type': [{ tools: [{ type: 5, name: 'a' }] }],
  'tools[0].name': [{ tools: [{ input_schema: {} }] }],
  'tools[1].input_schema': [{ tools: [{ name: 'a', input_schema: {} }, { name: 'b' }] }],
  tool_choice: [{ tool_choice: 'best' }, { tool_choice: 1 }],
  'tool_choice.type': [{ tool_choice: {} }],
  'tool_choice.name': [{ tool_choice: { type: 'tool' } }],
  thinking: [{ thinking: true }],
  'thinking.budget_tokens': [{ thinking: { type: 'enabled' } }],
  output_config: [{ output_config: 'high' }],
  'output_config.effort': [{ output_config: { effort: 3 } }],
};

describe('decodeRequest of Anthropic Messages', () => {
  it('turns string contents into blocks', () => {
    const request = decode({
      system: 'Be kind.',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'done' }] },
      ],
    });
    expect(request.system).to.deep.equal([{ type: 'text', text: 'Be kind.' }]);
    expect(request.messages).to.deep.equal([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'done' }] }] },
    ]);
  });

  it('keeps a system message in the middle, with what the client put on it', () => {
    const { messages } = decode({
      messages: [{ role: 'system', content: 'Skills: none.', output_config: { effort: 'low' } }],
    });
    expect(messages).to.deep.equal([
      {
        role: 'system',
        content: [{ type: 'text', text: 'Skills: none.' }],
        output_config: { effort: 'low' },
      },
    ]);
  });

  it('keeps unknown fields, unknown blocks and unknown media sources', () => {
    const request = decode({ thread: { type: 'create' }, context_management: { edits: [] } });
    expect(request.other).to.deep.equal({ thread: { type: 'create' }, context_management: { edits: [] } });
    const unknown = { type: 'container_upload', file_id: 'f' };
    expect(decodeOne(unknown)).to.deep.equal({ type: 'opaque', protocol: 'anthropic-messages', value: unknown });
    const image = { type: 'image', source: { type: 'hologram', ref: 1 } };
    expect(decodeOne(image)).to.deep.equal({ type: 'opaque', protocol: 'anthropic-messages', value: image });
    expect(decodeOne({ type: 'tool_use', id: 'a', name: 'b', input: {}, caller: { type: 'direct' } })).to.deep.equal({
      type: 'tool_use',
      id: 'a',
      name: 'b',
      input: {},
      ext: { 'anthropic-messages': { caller: { type: 'direct' } } },
    });
  });

  it('keeps settings of unknown types and system blocks that are not text in `other`', () => {
    const settings = { thinking: { type: 'telepathic' }, tool_choice: { type: 'best' } };
    const request = decode({
      ...settings,
      system: [
        { type: 'text', text: 'a' },
        { type: 'song', notes: [] },
      ],
    });
    expect(request.other).to.deep.equal({ ...settings, system: [{ type: 'song', notes: [] }] });
    expect(request).not.to.have.any.keys('thinking', 'tool_choice');
    expect(request.system).to.deep.equal([{ type: 'text', text: 'a' }]);
  });

  it('takes a bare word for a choice of tools', () => {
    for (const type of ['auto', 'any', 'none'])
      expect(decode({ tool_choice: type }).tool_choice).to.deep.equal({ type });
  });

  it('reads the format of the answer also where older clients put it', () => {
    const [format, other] = [
      { type: 'json_schema', schema: {} },
      { type: 'json_schema', schema: { a: 1 } },
    ];
    const both = { output_format: format, output_config: { effort: 'low' } };
    expect(decode({ output_format: format }).output_config).to.deep.equal({ format });
    expect(decode(both).output_config).to.deep.equal({ effort: 'low', format });
    expect(decode({ ...both, output_config: { format: other } }).output_config).to.deep.equal({ format: other });
    expect(decode({ output_format: 'json' })).not.to.have.any.keys('output_config');
  });

  it('tells the cache breakpoint of an unknown block', () => {
    const value = { type: 'search_result', cache_control: { type: 'ephemeral' } };
    const block = { type: 'opaque', protocol: 'anthropic-messages', value, cache_control: { type: 'ephemeral' } };
    expect(decodeOne(value)).to.deep.equal(block);
    expect(decodeOne({ ...value, cache_control: 7 })).not.to.have.any.keys('cache_control');
  });

  it('reads the three kinds of tools', () => {
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 8 };
    const mcp = { type: 'mcp_toolset', mcp_server_name: 'echo' };
    const schema = { type: 'object' };
    const { tools } = decode({
      tools: [
        { name: 'Read', description: 'Reads.', input_schema: schema, defer_loading: true },
        { type: 'custom', name: 'Own', input_schema: schema, strict: true },
        search,
        mcp,
      ],
    });
    expect(tools).to.deep.equal([
      { kind: 'client', name: 'Read', description: 'Reads.', input_schema: schema, defer_loading: true },
      {
        kind: 'client',
        name: 'Own',
        input_schema: schema,
        ext: { 'anthropic-messages': { type: 'custom', strict: true } },
      },
      { kind: 'server', type: search.type, name: 'web_search', declaration: search },
      { kind: 'server', type: 'mcp_toolset', name: 'mcp_toolset', declaration: mcp },
    ]);
  });

  it('takes what a count_tokens request leaves out, and treats null as absent', () => {
    const request = decode({ max_tokens: null, system: null, tools: null, stream: null, metadata: null });
    expect(request).to.deep.equal({
      model: 'claude-test',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      system: [],
      tools: [],
      stream: false,
      client: { betas: [] },
      other: {},
    });
  });

  it('keeps the dialect of the headers', () => {
    const dialect = { version: '2026-10-21', betas: ['effort-2025-11-24'] };
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
    expect(clientCodec().decodeRequest(body, dialect).client).to.equal(dialect);
  });

  it('refers to large values instead of copying them', () => {
    const input = { path: 'a' };
    const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
    expect(decodeOne({ type: 'tool_use', id: 'a', name: 'b', input })).to.have.property('input', input);
    expect(decodeOne({ type: 'image', source })).to.have.property('source', source);
  });

  for (const [path, bodies] of Object.entries(MALFORMED)) {
    it(`names ${path} when that is what is wrong`, () => {
      for (const body of bodies) {
        try {
          decode(body);
        } catch (error) {
          if (!isInvalidRequest(error)) throw error;
          expect(error.path).to.equal(path);
          continue;
        }
        expect.fail(`was taken: ${JSON.stringify(body)}`);
      }
    });
  }
});
