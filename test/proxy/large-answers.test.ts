import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { eventsOf, question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { serve, type TestServer } from '../support/serve.ts';

const MEBIBYTE = 1024 * 1024;
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [],
  usage: { input_tokens: 1 },
};

/** Writes Server-Sent Events of Anthropic Messages. */
function send(response: ServerResponse, events: readonly { type: string }[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`data: ${JSON.stringify({ type: 'message_start', message: MESSAGE })}\n\n`);
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.end();
}

const blocks = Array.from({ length: 200 }, (_, index) => [
  { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
  { type: 'content_block_stop', index },
]).flat();
const call = [
  { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'Write', input: {} } },
  ...Array.from({ length: 5 }, () => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'input_json_delta', partial_json: 'x'.repeat(MEBIBYTE) },
  })),
];

describe('an answer that is larger than any real one', () => {
  let upstream: TestServer;
  let proxy: TestProxy;
  let events: readonly { type: string }[];

  beforeEach(async () => {
    upstream = await serve((request, response) => {
      if (request.body.includes('"stream":true')) return send(response, events);
      const content = Array.from({ length: 200 }, () => ({ type: 'text', text: 'x' }));
      return void response.writeHead(200).end(JSON.stringify({ ...MESSAGE, content, stop_reason: 'end_turn' }));
    });
    proxy = await startTestProxy(`[[profiles]]\nname = "p"\nbase_url = "${upstream.url}"\ndefault_model = "m"\n`);
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.stop();
  });

  for (const [what, given, words] of [
    ['200 blocks', blocks, '128 blocks'],
    ['5 MiB of arguments', call, '4 MiB'],
  ] as const) {
    it(`ends with one error at ${what}, and closes nothing that is open`, async () => {
      events = given;
      const received = eventsOf(await (await proxy.post('/proxy/p/v1/messages', question({ stream: true }))).text());
      expect(received.filter(({ type }) => type === 'error')).to.have.length(1);
      expect(JSON.stringify(received.at(-1))).to.contain(words);
      const count = (type: string): number => received.filter((event) => event.type === type).length;
      expect(count('content_block_start')).to.be.at.most(128);
      expect(count('content_block_stop')).to.equal(given === call ? 0 : 128);
    });
  }

  it('is refused as a whole, too', async () => {
    const response = await proxy.post('/proxy/p/v1/messages', question());
    expect(response.status).to.equal(502);
    expect(await response.text()).to.contain('128 blocks');
  });
});
