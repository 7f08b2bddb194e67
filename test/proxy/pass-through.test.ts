import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { eventsOf, question, startTestProxy, TOKEN, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';

const PATH = '/proxy/own/v1/messages';
const BODY =
  '{ "model": "claude-opus-5-5",\n  "max_tokens": 100, "unknown": 1.0,\t"messages":[{"role":"user","content":"größer"}], "stream" : true }';

const profile = (url: string, more = ''): string =>
  `[[profiles]]\nname = "own"\nbase_url = "${url}"\napi_key = "upstream-key"\ndefault_model = "m"\n${more}`;

describe('messages passed through', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<MessagesRequest>;
  let reply: ((response: ServerResponse) => void) | undefined;

  beforeEach(async () => {
    reply = undefined;
    upstream = await startRecordingServer<MessagesRequest>((_request, response) => reply?.(response));
    proxy = await startTestProxy(profile(upstream.url));
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  const START =
    'event: message_start\r\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}}\r\n\r\n';
  const TEXT =
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\nevent: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"größer 🙂"}}\n\n';
  const END =
    'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\nevent: brand_new\ndata: {"type":"brand_new"}\n\nevent: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n';

  /** Streams text in pieces of `size` bytes. */
  function stream(text: string, size = 7): (response: ServerResponse) => void {
    return (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
      response.end();
    };
  }

  it('changes the model and not one other byte of the body', async () => {
    reply = stream(START + TEXT + END);
    await (
      await proxy.post(`${PATH}?beta=true`, BODY, {
        'anthropic-version': '2026-10-21',
        'anthropic-beta': 'a,b',
        'x-claude-code-session-id': 's',
      })
    ).text();
    const [sent] = upstream.requests;
    expect(sent?.raw).to.equal(BODY.replace('claude-opus-5-5', 'm'));
    expect(sent?.url).to.equal('/v1/messages?beta=true');
    expect(sent?.headers).to.include({
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'a,b',
      'x-api-key': 'upstream-key',
    });
    expect(JSON.stringify(sent?.headers)).not.to.contain(TOKEN);
  });

  it('passes every byte of the answer on, however it is cut', async () => {
    for (const size of [1, 7, 64, 100_000]) {
      reply = stream(START + TEXT + END, size);
      const response = await proxy.post(PATH, BODY);
      expect(await response.text()).to.equal(START + TEXT + END);
    }
  });

  it('passes a whole answer on as it is', async () => {
    const answer =
      '{ "id":"msg_1", "type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}, "new": 1.0 }';
    reply = (response) =>
      sendWhole(response, 200, answer, {
        'content-type': 'application/json',
        'anthropic-ratelimit-tokens-remaining': '5',
        'set-cookie': 'a=b',
      });
    const response = await proxy.post(PATH, question({ model: 'm' }));
    expect(await response.text()).to.equal(answer);
    expect(response.headers.get('anthropic-ratelimit-tokens-remaining')).to.equal('5');
    expect(response.headers.get('set-cookie')).to.equal(null);
  });

  it('gives an error our id where the upstream gave it none', async () => {
    const body = { type: 'error', error: { type: 'api_error', message: 'broken' } };
    reply = (response) => sendWhole(response, 500, body);
    const response = await proxy.post(PATH, BODY);
    expect(response.status).to.equal(500);
    expect(await response.json()).to.deep.equal({ ...body, request_id: response.headers.get('request-id') });
  });

  for (const [status, type] of [
    [400, 'invalid_request_error'],
    [403, 'permission_error'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
  ] as const) {
    it(`makes one of Anthropic's shape of an error of another, with status ${status}`, async () => {
      reply = (response) => sendWhole(response, status, { error: { message: 'boom' } });
      const response = await proxy.post(PATH, BODY);
      expect(response.status).to.equal(status);
      const { error, ...rest } = (await response.json()) as { error: { type: string; message: string } };
      expect(rest).to.deep.equal({ type: 'error', request_id: response.headers.get('request-id') });
      expect(error.type).to.equal(type);
      expect(error.message).to.include('boom');
    });
  }

  it('passes the error body of the upstream on', async () => {
    const body = {
      type: 'error',
      error: { type: 'overloaded_error', message: 'busy', details: { a: 1 } },
      request_id: 'theirs',
    };
    reply = (response) => sendWhole(response, 529, body, { 'retry-after': '3' });
    const response = await proxy.post(PATH, BODY);
    expect(response.status).to.equal(529);
    expect(response.headers.get('retry-after')).to.equal('3');
    expect(await response.json()).to.deep.equal(body);
  });

  it('makes a status of an error that comes before anything was said', async () => {
    reply = stream(
      `${START}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n`,
    );
    const response = await proxy.post(PATH, BODY);
    expect(response.status).to.equal(529);
    expect(await response.json()).to.have.nested.property('error.message', 'busy');
  });

  it('ends with the later error of the upstream, once', async () => {
    const error = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n';
    reply = stream(START + TEXT + error + END + error);
    const text = await (await proxy.post(PATH, BODY)).text();
    expect(text.startsWith(START + TEXT)).to.equal(true);
    expect(eventsOf(text.slice((START + TEXT).length))).to.have.length(1);
    expect(text).to.include('"type":"overloaded_error"').and.to.include('busy');
  });

  it('ends with one error where the upstream breaks its own format', async () => {
    reply = stream(`${START}${TEXT}data: {"type":\n\n${END}`, 100_000);
    const text = await (await proxy.post(PATH, BODY)).text();
    expect(text.startsWith(START + TEXT)).to.equal(true);
    expect(text.slice((START + TEXT).length)).to.match(/^event: error\ndata: \{"type":"error".*\}\n\n$/);
  });

  it('passes nothing on after the end of the answer', async () => {
    reply = stream(START + TEXT + END + END, 100_000);
    expect(await (await proxy.post(PATH, BODY)).text()).to.equal(START + TEXT + END);
  });

  for (const [name, end] of [
    ['CR', '\r'],
    ['CRLF', '\r\n'],
    ['LF and CRLF in turns', '\n\r\n'],
  ] as const) {
    it(`passes on events whose lines end with ${name}`, async () => {
      const text =
        name === 'LF and CRLF in turns'
          ? (START + TEXT + END).replaceAll('\r\n', '\n').replaceAll('\n\n', end)
          : (START + TEXT + END).replaceAll('\r\n', '\n').replaceAll('\n', end);
      for (const size of [1, 9, 100_000]) {
        reply = stream(text, size);
        expect((await (await proxy.post(PATH, BODY)).text()).trimEnd(), `in pieces of ${size}`).to.equal(
          text.trimEnd(),
        );
      }
    });
  }

  it('gives up an answer that says nothing for a mebibyte', async () => {
    reply = stream(`: nothing to say\n\n`.repeat(80_000), 65_536);
    const response = await proxy.post(PATH, BODY);
    expect(response.status).to.equal(502);
  });

  it('gives up an event of more than 8 MiB', async () => {
    reply = stream(`${START}${TEXT}data: ${'x'.repeat(9 * 1024 * 1024)}`, 65_536);
    const text = await (await proxy.post(PATH, BODY)).text();
    expect(text.startsWith(START + TEXT)).to.equal(true);
    expect(text.slice((START + TEXT).length)).to.match(/^event: error\ndata: .*8 MiB/);
  });

  it('ends an answer that is cut inside an event with one error after the last whole event', async () => {
    reply = stream(START + TEXT + END.slice(0, 60), 1000);
    const text = await (await proxy.post(PATH, BODY)).text();
    expect(text.startsWith(START + TEXT + END.slice(0, 0))).to.equal(true);
    const rest = text.slice((START + TEXT).length);
    expect(rest).to.match(/^event: error\ndata: \{"type":"error".*\}\n\n$/);
  });

  it('refuses a body that is not an object before it calls anybody', async () => {
    expect((await proxy.post(PATH, '{"model":"m"')).status).to.equal(400);
    expect((await proxy.post(PATH, '{"messages":[]}')).status).to.equal(400);
    expect(upstream.requests).to.deep.equal([]);
  });

  it('lowers max_tokens to the limit of the profile and strips what the profile strips', async () => {
    const other = await startTestProxy(
      profile(
        upstream.url,
        'max_tokens = 10\nstrip_params = ["unknown"]\n[profiles.quirks]\nomitFields = ["stream"]\n',
      ),
    );
    try {
      reply = stream(START + TEXT + END);
      await (await other.post(PATH, BODY)).text();
      expect(upstream.requests[0]?.body).to.include({ max_tokens: 10 }).and.not.have.any.keys('unknown', 'stream');
    } finally {
      await other.stop();
    }
  });
});

describe('counting tokens', () => {
  it('asks the upstream where it can count', async () => {
    const upstream = await startRecordingServer(({ url }, response) =>
      sendWhole(response, url.startsWith('/v1/messages/count_tokens') ? 200 : 404, { input_tokens: 42 }),
    );
    const proxy = await startTestProxy(profile(upstream.url));
    try {
      const response = await proxy.post(`${PATH}/count_tokens?beta=true`, question());
      expect(await response.json()).to.deep.equal({ input_tokens: 42 });
    } finally {
      await proxy.stop();
      await upstream.close();
    }
  });

  it('estimates where nobody can, and more text counts for more', async () => {
    const upstream = await startAnthropicUpstream(() => []);
    const proxy = await startTestProxy(profile(upstream.url));
    const count = async (content: string): Promise<number> => {
      const response = await proxy.post(`${PATH}/count_tokens`, { model: 'm', messages: [{ role: 'user', content }] });
      return ((await response.json()) as { input_tokens: number }).input_tokens;
    };
    try {
      expect(await count('hi')).to.be.within(1, 20);
      expect(await count('word '.repeat(4_000))).to.be.within(4_000, 6_000);
    } finally {
      await proxy.stop();
      await upstream.close();
    }
  });
});
