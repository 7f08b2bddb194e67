import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { anthropicMessages } from '../src/index.ts';
import { contextOf, decode, requestOf } from './support/context.ts';

const withBlocks = (...content: ContentBlock[]) =>
  contextOf({ request: requestOf({ messages: [{ role: 'assistant', content }] }) });

describe('encodeRequest of Anthropic Messages', () => {
  it('writes a request as the client could have, with the model of the upstream', () => {
    const body = {
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] }],
      system: [{ type: 'text', text: 'Be kind.' }],
      tools: [
        { type: 'custom', name: 'Own', input_schema: {}, strict: true },
        { type: 'bash_20250124', name: 'bash' },
      ],
      tool_choice: { type: 'auto' },
      metadata: { user_id: 'u' },
      max_tokens: 100,
      thinking: { type: 'adaptive', display: 'updates' },
      output_config: { effort: 'high' },
      temperature: 0.5,
      stop_sequences: ['x'],
      context_management: { edits: [] },
      stream: true,
    };
    const encoded = anthropicMessages.encodeRequest(contextOf({ request: decode(body) }));
    expect(encoded).to.deep.equal({ body: { model: 'upstream-model', ...body }, losses: [] });
  });

  it('writes the format of the answer where it came', () => {
    const [format, other] = [
      { type: 'json_schema', schema: {} },
      { type: 'json_schema', schema: { a: 1 } },
    ];
    for (const settings of [
      { output_format: format },
      { output_format: format, output_config: { effort: 'low' } },
      { output_format: format, output_config: { format: other } },
      { output_format: 'json' },
      { output_config: { format } },
    ]) {
      const { body } = anthropicMessages.encodeRequest(contextOf({ request: decode(settings) }));
      const { model: _model, messages: _messages, ...written } = body;
      expect(written).to.deep.equal(settings);
    }
  });

  it('puts system blocks of unknown types back', () => {
    const system = [
      { type: 'text', text: 'a' },
      { type: 'song', notes: [] },
    ];
    expect(anthropicMessages.encodeRequest(contextOf({ request: decode({ system }) })).body).to.have.deep.property(
      'system',
      system,
    );
  });

  it('leaves out reasoning of other providers, and a turn that was nothing else, with a loss each', () => {
    const context = withBlocks(
      { type: 'thinking', thinking: 'a', signature: 'claudex.openai-responses.2.e30' },
      { type: 'thinking', thinking: 'b' },
      { type: 'redacted_thinking', data: 'claudex.openai-responses.2.e30' },
    );
    const { body, losses } = anthropicMessages.encodeRequest({ ...context, quirks: { signedThinking: true } });
    expect(body['messages']).to.deep.equal([]);
    expect(losses.map(({ path, feature }) => `${path} ${feature}`)).to.deep.equal([
      'messages[0].content[0] foreign_thinking',
      'messages[0].content[1] foreign_thinking',
      'messages[0].content[2] foreign_thinking',
    ]);
  });

  it('leaves out server tools, citations and opaque blocks of other protocols', () => {
    const { body, losses } = anthropicMessages.encodeRequest(
      withBlocks(
        { type: 'text', text: 'a', citations: [{ type: 'url_citation', url: 'b' }] },
        { type: 'server_tool_use', id: 'ws_1', name: 'web_search', input: {} },
        { type: 'server_tool_result', result_type: 'web_search_tool_result', tool_use_id: 'ws_1', content: [] },
        { type: 'opaque', protocol: 'openai-responses', value: { type: 'x' } },
        { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
      ),
    );
    expect(body['messages']).to.deep.equal([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'a' },
          { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
        ],
      },
    ]);
    expect(losses.map(({ feature }) => feature)).to.deep.equal([
      'foreign_citation',
      'foreign_server_tool',
      'foreign_server_tool',
      'opaque_block',
    ]);
  });

  it('replaces images by a note where the model takes none, also inside tool results', () => {
    const image: ContentBlock = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
    const context = withBlocks(image, { type: 'tool_result', tool_use_id: 'a', content: [image] });
    const { body, losses } = anthropicMessages.encodeRequest({ ...context, quirks: { images: false } });
    expect(JSON.stringify(body)).not.to.include('example.com');
    expect(losses.map(({ path }) => path)).to.deep.equal([
      'messages[0].content[0]',
      'messages[0].content[1].content[0]',
    ]);
    expect(anthropicMessages.encodeRequest(context).losses).to.deep.equal([]);
  });

  it('adds the fields that the provider wants, and makes one table of two', () => {
    const quirks = { extraFields: { metadata: { origin: 'here' }, service_tier: 'flex' } };
    const request = decode({ metadata: { user_id: 'u' } });
    const { body, losses } = anthropicMessages.encodeRequest(contextOf({ quirks, request }));
    expect(body).to.deep.include({ metadata: { user_id: 'u', origin: 'here' }, service_tier: 'flex' });
    expect(losses).to.deep.equal([]);
  });

  it('omits the fields that the provider does not take', () => {
    const quirks = { omitFields: ['metadata', 'top_k'] };
    const { body, losses } = anthropicMessages.encodeRequest(contextOf({ quirks, request: decode({ metadata: {} }) }));
    expect(body).not.to.have.property('metadata');
    expect(losses.map(({ path }) => path)).to.deep.equal(['metadata']);
  });
});
