import { expect } from 'chai';
import type { CanonicalEvent, CanonicalResponse, ContentBlock, Loss } from '@claudex/sdk';
import { eventsOfResponse, responseFromEvents } from '@claudex/sdk/codec';
import { checkGrammar } from '@claudex/sdk/testing';

const ext = { 'anthropic-messages': { extra: true } };

const BLOCKS: readonly ContentBlock[] = [
  { type: 'thinking', thinking: 'A thought.', signature: 'sealed', ext },
  { type: 'thinking', thinking: '' },
  { type: 'redacted_thinking', data: 'hidden' },
  {
    type: 'text',
    text: 'Found it.',
    citations: [
      { type: 'page_location', n: 1 },
      { type: 'page_location', n: 2 },
    ],
    ext,
  },
  { type: 'text', text: '' },
  { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { path: 'a', list: [1, null] }, ext },
  { type: 'tool_use', id: 'toolu_2', name: 'List', input: {} },
  { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'q' }, server_name: 'wiki' },
  {
    type: 'server_tool_result',
    result_type: 'web_search_tool_result',
    tool_use_id: 'srvtoolu_1',
    content: [{ type: 'web_search_result', url: 'https://a.test' }],
  },
  { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'container_upload', file_id: 'f' } },
];

const RESPONSE: CanonicalResponse = {
  id: 'msg_1',
  model: 'm',
  content: BLOCKS,
  stop_reason: 'stop_sequence',
  stop_sequence: 'END',
  raw_stop_reason: 'stopped',
  usage: { input_tokens: 5, output_tokens: 7, cache_read_input_tokens: 3 },
  ext,
};

describe('an answer as events and back', () => {
  it('loses nothing on the way', () => {
    const losses: Loss[] = [];
    expect(responseFromEvents(eventsOfResponse(RESPONSE), losses)).to.deep.equal(RESPONSE);
    expect(losses).to.deep.equal([]);
  });

  it('keeps the grammar of streams', () => {
    expect(checkGrammar(eventsOfResponse(RESPONSE))).to.deep.equal([]);
  });

  it('leaves out blocks that only a client can send, and counts the others on', () => {
    const image: ContentBlock = { type: 'image', source: { type: 'url', url: 'https://a.test' } };
    const events = eventsOfResponse({ ...RESPONSE, content: [image, { type: 'text', text: 'x' }] });
    expect(checkGrammar(events)).to.deep.equal([]);
    expect(responseFromEvents(events, []).content).to.deep.equal([{ type: 'text', text: 'x' }]);
  });

  const call = (...json: string[]): CanonicalEvent[] => [
    { type: 'message_start', id: 'm', model: 'm', usage: { input_tokens: 1, output_tokens: 0 } },
    { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'Read', input: {} } },
    ...json.map((partial_json): CanonicalEvent => {
      return { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json } };
    }),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', stop_reason: 'tool_use', usage: { input_tokens: 1, output_tokens: 1 } },
    { type: 'message_stop' },
  ];

  it('joins arguments that come in pieces', () => {
    expect(responseFromEvents(call('{"pa', 'th":"', 'a"}'), []).content[0]).to.deep.include({ input: { path: 'a' } });
    expect(responseFromEvents(call(), []).content[0]).to.deep.include({ input: {} });
    expect(responseFromEvents(call(JSON.stringify('{"a":1}')), []).content[0]).to.deep.include({ input: { a: 1 } });
  });

  it('takes null for no arguments, as blanks', () => {
    for (const json of ['null', ' null\n', '  ']) {
      const losses: Loss[] = [];
      expect(responseFromEvents(call(json), losses).content[0]).to.deep.include({ input: {} });
      expect(losses).to.deep.equal([]);
    }
  });

  it('hands arguments over as text that are nested deeper than can be written', () => {
    const losses: Loss[] = [];
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const response = responseFromEvents(call(deep), losses);
    expect(response.content[0]).to.deep.include({ input: { unparsed_arguments: deep } });
    expect(JSON.stringify(response)).to.include('unparsed_arguments');
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['tool_arguments']);
  });

  it('hands arguments that are not an object over as text, and records that', () => {
    const losses: Loss[] = [];
    const [block] = responseFromEvents(call('{"path":"a'), losses).content;
    expect(block).to.deep.include({ input: { unparsed_arguments: '{"path":"a' } });
    expect(losses).to.have.length(1);
    expect(losses[0]).to.include({ kind: 'degraded', path: 'content[0].input', feature: 'tool_arguments' });
  });
});
