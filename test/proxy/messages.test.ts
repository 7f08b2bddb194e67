import { expect } from 'chai';
import { eventsOf, question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest, type ChatScript } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

const PATH = '/proxy/chat/v1/messages';
const DISABLED =
  '[[profiles]]\nname = "off"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\nenabled = false\n';

describe('messages through translation', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<ChatRequest>;
  let script: ChatScript;

  const profile = (url: string, more = ''): string =>
    `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}/v1"\napi_key = "upstream-key"\ndefault_model = "m"\n${more}`;

  beforeEach(async () => {
    script = () => ({ text: 'Hello there.' });
    upstream = await startChatUpstream((body, n) => script(body, n));
    const settings =
      'max_tokens = 50\nstrip_params = ["top_p"]\n[profiles.custom_headers]\nX-Extra = "1"\n[profiles.query_params]\nv = "2 3"\n';
    proxy = await startTestProxy(profile(upstream.url, settings) + DISABLED);
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
    expect(upstream.failures).to.deep.equal([]);
  });

  it('answers a request that is not streamed', async () => {
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(200);
    expect(response.headers.get('request-id')).to.match(/^req_/);
    expect(response.headers.get('x-claudex-profile')).to.equal('chat');
    expect(response.headers.get('x-claudex-model')).to.equal('m');
    expect(response.headers.get('x-claudex-attempts')).to.equal('1');
    const message = (await response.json()) as { content: unknown; stop_reason: string; usage: object };
    expect(message.content).to.deep.equal([{ type: 'text', text: 'Hello there.' }]);
    expect(message.stop_reason).to.equal('end_turn');
    expect(message.usage).to.include({ input_tokens: 100, output_tokens: 20 });
  });

  it('answers a stream in the grammar of Anthropic Messages', async () => {
    const response = await proxy.post(PATH, question({ stream: true }));
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/);
    const events = eventsOf(await response.text());
    expect(events.map((event) => event.type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('sends the key, the headers and the parameters of the profile, and keeps the local token to itself', async () => {
    await proxy.post(PATH, question({ top_p: 0.5, max_tokens: 90 }));
    const [sent] = upstream.requests;
    expect(sent?.headers.authorization).to.equal('Bearer upstream-key');
    expect(sent?.headers['x-extra']).to.equal('1');
    expect(sent?.url).to.equal('/v1/chat/completions?v=2+3');
    expect(sent?.body).to.include({ model: 'm', max_tokens: 50 }).and.not.have.property('top_p');
    expect(JSON.stringify(sent)).not.to.contain('test-token');
  });

  it('takes the default profile, and profile/model, without a profile in the address', async () => {
    expect((await proxy.post('/v1/messages', question())).headers.get('x-claudex-profile')).to.equal('chat');
    await proxy.post('/v1/messages?beta=true', question({ model: 'chat/org/other' }));
    await proxy.post('/proxy/auto/v1/messages', question({ model: 'chat/third' }));
    expect(upstream.requests.map(({ body }) => body.model)).to.deep.equal(['m', 'org/other', 'third']);
  });

  const refusals: [how: string, path: string, body: unknown, status: number, type: string][] = [
    ['an unknown profile', '/proxy/nobody/v1/messages', question(), 404, 'not_found_error'],
    [
      'a profile named like a built-in of the language',
      '/proxy/__proto__/v1/messages',
      question(),
      404,
      'not_found_error',
    ],
    ['a disabled profile', '/proxy/off/v1/messages', question(), 503, 'api_error'],
    ['a context that has ended', '/proxy/chat@0123456789abcdef/v1/messages', question(), 404, 'not_found_error'],
    ['broken JSON', PATH, '{"model":', 400, 'invalid_request_error'],
    ['a list', PATH, '[]', 400, 'invalid_request_error'],
    ['no messages', PATH, { model: 'm', max_tokens: 5 }, 400, 'invalid_request_error'],
    ['a strange role', PATH, question({ messages: [{ role: 'robot', content: 'x' }] }), 400, 'invalid_request_error'],
    ['an unknown path', '/v1/completions', question(), 404, 'not_found_error'],
  ];
  for (const [how, path, body, status, type] of refusals) {
    it(`refuses ${how} with ${status} and does not bother the upstream`, async () => {
      const response = await proxy.post(path, body);
      expect(response.status).to.equal(status);
      const answer = (await response.json()) as {
        type: string;
        error: { type: string; message: string };
        request_id: string;
      };
      expect(answer.type).to.equal('error');
      expect(answer.error.type).to.equal(type);
      expect(answer.error.message).not.to.equal('');
      expect(answer.request_id).to.equal(response.headers.get('request-id'));
      expect(upstream.requests).to.deep.equal([]);
    });
  }

  it('refuses a profile whose key no header can carry, as an error of authentication, and does not show the key', async () => {
    const toml = `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}"\ndefault_model = "m"\napi_key_env = "MY_KEY"\n`;
    await using odd = await startTestProxy(toml, { environment: { MY_KEY: 'canary-1\ncanary-2' } });
    const response = await odd.post('/proxy/p/v1/messages', question());
    expect(response.status).to.equal(401);
    const answer = (await response.json()) as { error: { type: string; message: string } };
    expect(answer.error.type).to.equal('authentication_error');
    expect(answer.error.message).to.contain('profile "p"').and.contain('MY_KEY').and.not.contain('canary');
    expect(upstream.requests).to.deep.equal([]);
  });

  it('refuses a body that is not sent as JSON with 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      expect((await proxy.post(PATH, question(), { 'content-type': type })).status).to.equal(415);
    }
    expect(upstream.requests).to.deep.equal([]);
  });

  it('refuses a body of 33 MiB with 413 and goes on', async () => {
    const response = await proxy.post(PATH, question({ padding: 'x'.repeat(33 * 1024 * 1024) }));
    expect(response.status).to.equal(413);
    expect(await response.json()).to.have.nested.property('error.type', 'request_too_large');
    expect((await proxy.post(PATH, question())).status).to.equal(200);
  });

  const failures: [status: number, body: unknown, expected: number, type: string][] = [
    [400, { error: { message: 'bad parameter', type: 'invalid_request_error' } }, 400, 'invalid_request_error'],
    [401, { error: { message: 'no such key' } }, 401, 'authentication_error'],
    [403, { error: { message: 'not yours' } }, 403, 'permission_error'],
    [404, { error: { message: 'no such model' } }, 404, 'not_found_error'],
    [429, { error: { message: 'slow down' } }, 429, 'rate_limit_error'],
    [500, { error: { message: 'oops' } }, 500, 'api_error'],
    [503, '<html>maintenance</html>', 503, 'overloaded_error'],
  ];
  for (const stream of [false, true]) {
    for (const [status, body, expected, type] of failures) {
      it(`answers an upstream's ${status} with ${expected} ${type}, ${stream ? 'streaming' : 'not streaming'}`, async () => {
        script = () => ({ status, body, headers: { 'retry-after': '7', 'set-cookie': 'a=b' } });
        const response = await proxy.post(PATH, question({ stream }));
        expect(response.status).to.equal(expected);
        expect(response.headers.get('retry-after')).to.equal('7');
        expect(response.headers.get('set-cookie')).to.equal(null);
        expect(await response.json()).to.have.nested.property('error.type', type);
      });
    }
  }

  it('says that the upstream answered a web page', async () => {
    script = () => ({ status: 200, body: '<html>log in</html>' });
    for (const stream of [false, true]) {
      const response = await proxy.post(PATH, question({ stream }));
      expect(response.status).to.equal(502);
      expect(await response.text())
        .to.contain('a web page')
        .and.not.contain('log in');
    }
  });

  it('makes a stream of an answer that comes in one piece', async () => {
    const completion = {
      id: 'c',
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }],
    };
    script = () => ({ status: 200, body: completion });
    const events = eventsOf(await (await proxy.post(PATH, question({ stream: true }))).text());
    expect(events.at(0)?.type).to.equal('message_start');
    expect(events.at(-1)?.type).to.equal('message_stop');
    expect(JSON.stringify(events)).to.contain('whole');
  });

  it('answers a stream that is cut before anything was said with a status', async () => {
    script = () => ({ text: 'Hello there.', cutAfter: 1 });
    const response = await proxy.post(PATH, question({ stream: true }));
    expect(response.status).to.equal(502);
  });

  it('ends a stream that is cut later with one error and no made-up ending', async () => {
    script = () => ({ text: 'Hello there, this is long enough.', cutAfter: 3 });
    const response = await proxy.post(PATH, question({ stream: true }));
    expect(response.status).to.equal(200);
    const types = eventsOf(await response.text()).map((event) => event.type);
    expect(types.filter((type) => type === 'error')).to.have.length(1);
    expect(types.at(-1)).to.equal('error');
    expect(types).not.to.include.members(['content_block_stop']).and.not.to.include('message_stop');
  });

  it('says that nothing listens at the upstream', async () => {
    await upstream.close();
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(502);
    expect(await response.json())
      .to.have.nested.property('error.message')
      .that.contains('cannot be reached');
    upstream = await startChatUpstream(() => ({ text: '' }));
  });

  it('writes figures to its log and nothing of what was said', async () => {
    script = () => ({ text: 'a secret answer' });
    const response = await proxy.post(
      PATH,
      question({ messages: [{ role: 'user', content: 'a secret question' }], stream: true }),
    );
    await response.text();
    await waitUntil('a line in the log', () => proxy.log.some((line) => line.event === 'exchange'));
    const line = proxy.log.find((entry) => entry.event === 'exchange');
    expect(line).to.include({ profile: 'chat', model: 'm', status: 200, stop_reason: 'end_turn' });
    expect(JSON.stringify(proxy.log)).not.to.match(/secret|upstream-key|test-token/);
  });

  it('counts what it did in its status', async () => {
    await (await proxy.post(PATH, question())).text();
    await waitUntil('the counters', async () => {
      const { profiles } = (await (await proxy.fetch('/status')).json()) as {
        profiles: { chat: { requests: number; input_tokens: number; active: number } };
      };
      return profiles.chat.requests === 1 && profiles.chat.input_tokens === 100 && profiles.chat.active === 0;
    });
  });

  it('serves a model that is named in any script, and at any length', async () => {
    for (const model of ['模型', 'a\nb', 'x'.repeat(20_000), '\ud800']) {
      const response = await proxy.post(PATH, question({ model }));
      expect(response.status).to.equal(200);
      expect(upstream.requests.at(-1)?.body.model).to.equal(model.toWellFormed());
    }
  });

  it('refuses what is nested too deeply with 400', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const body = `{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"t","input":{"a":${deep}}}]}]}`;
    const response = await proxy.post(PATH, body);
    expect(response.status).to.equal(400);
    expect(await response.json())
      .to.have.nested.property('error.message')
      .that.includes('nested');
  });
});
