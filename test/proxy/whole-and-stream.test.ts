import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { parseSse } from '@claudex/sdk/testing';
import { eventsOf, question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';

interface Message {
  readonly content: readonly unknown[];
  readonly stop_reason: string;
  readonly usage: object;
}

const ANSWER = { text: 'Let me look.', toolCalls: [{ id: 'call_a', name: 'Read', input: { path: 'ä' } }] };
const CONTENT = [
  { type: 'text', text: 'Let me look.' },
  { type: 'tool_use', id: 'call_a', name: 'Read', input: { path: 'ä' } },
];
const TOOLS = [{ name: 'Read', input_schema: { type: 'object' } }];

describe('a client and a provider that disagree about streaming, translated', () => {
  let upstream: RecordingServer<ChatRequest>;
  let proxy: TestProxy;
  let cutAfter: number | undefined;

  beforeEach(async () => {
    cutAfter = undefined;
    upstream = await startChatUpstream(() => ({ ...ANSWER, ...(cutAfter !== undefined && { cutAfter }) }));
    const profile = (streaming: string): string =>
      `[[profiles]]\nname = "${streaming}"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n[profiles.quirks]\nstreaming = "${streaming}"\n`;
    proxy = await startTestProxy(profile('only') + profile('never'));
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  it('get a whole answer out of a provider that can only stream', async () => {
    const response = await proxy.post('/proxy/only/v1/messages', question({ tools: TOOLS }));
    expect(response.headers.get('content-type')).to.match(/^application\/json/);
    const message = (await response.json()) as Message;
    expect(upstream.requests[0]?.body.stream).to.equal(true);
    expect(message.content).to.deep.equal(CONTENT);
    expect(message.stop_reason).to.equal('tool_use');
    expect(message.usage).to.include({ input_tokens: 100, output_tokens: 20 });
  });

  it('get a stream out of a provider that cannot', async () => {
    const response = await proxy.post('/proxy/never/v1/messages', question({ tools: TOOLS, stream: true }));
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/);
    expect(upstream.requests[0]?.body.stream).not.to.equal(true);
    const events = eventsOf(await response.text());
    expect(events.at(-1)?.type).to.equal('message_stop');
    const json = events.map((event) => (event['delta'] as { partial_json?: string } | undefined)?.partial_json ?? '');
    expect(JSON.parse(json.join(''))).to.deep.equal({ path: 'ä' });
  });

  it('get a status for a stream that breaks off, and no half answer', async () => {
    for (cutAfter of [1, 3, 4]) {
      const response = await proxy.post('/proxy/only/v1/messages', question({ tools: TOOLS }));
      expect(response.status).to.equal(502);
      expect(await response.json()).to.have.nested.property('error.type', 'api_error');
    }
  });
});

describe('a client and a provider that disagree about streaming, passed through', () => {
  const EVENTS = [
    { type: 'message_start', message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 5 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'A thought.' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'EqQB' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'hidden' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'Found.' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'citations_delta', citation: { type: 'page_location' } } },
    { type: 'content_block_stop', index: 2 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 9, service_tier: 'standard' },
    },
    { type: 'message_stop' },
  ];
  const SSE = EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  const WHOLE = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [
      { type: 'thinking', thinking: 'A thought.', signature: 'EqQB' },
      { type: 'redacted_thinking', data: 'hidden' },
      { type: 'text', text: 'Found.', citations: [{ type: 'page_location' }] },
    ],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens: 9, service_tier: 'standard' },
  };

  let upstream: RecordingServer<{ stream?: boolean }>;
  let proxy: TestProxy;
  let reply: (response: ServerResponse) => void;

  beforeEach(async () => {
    upstream = await startRecordingServer((_request, response) => reply(response));
    const profile = (name: string, more: string): string =>
      `[[profiles]]\nname = "${name}"\nbase_url = "${upstream.url}"\ndefault_model = "m"\n${more}`;
    const quirk = (streaming: string): string => `[profiles.quirks]\nstreaming = "${streaming}"\n`;
    proxy = await startTestProxy(
      profile('own', '') + profile('only', quirk('only')) + profile('never', quirk('never')),
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  const sendEvents = (response: ServerResponse): void =>
    void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(SSE);

  it('get all of a stream in one piece, also where nobody had asked for the stream', async () => {
    reply = sendEvents;
    for (const name of ['own', 'only']) {
      const response = await proxy.post(`/proxy/${name}/v1/messages`, question());
      expect(await response.json(), name).to.deep.equal(WHOLE);
    }
    expect(upstream.requests.map(({ body }) => body.stream)).to.deep.equal([undefined, true]);
  });

  it('get all of a whole answer as a stream', async () => {
    reply = (response) => sendWhole(response, 200, WHOLE);
    const response = await proxy.post('/proxy/never/v1/messages', question({ stream: true }));
    const text = await response.text();
    expect(upstream.requests[0]?.body.stream).to.equal(false);
    expect(parseSse(text).map(({ event }) => event)).to.include.members(['message_start', 'message_stop']);
    for (const part of ['"A thought."', '"EqQB"', '"hidden"', '"Found."', '"page_location"', '"standard"'])
      expect(text).to.contain(part);
  });
});
