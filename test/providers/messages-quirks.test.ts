import { expect } from 'chai';
import { wiki } from '../proxy/search/support/searching.ts';
import { startTestProxy, question, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import { MESSAGES_CASES } from './support/messages-cases.ts';

const profile = (url: string, quirks: string): string =>
  `[[profiles]]\nname = "own"\nbase_url = "${url}"\napi_key = "k"\ndefault_model = "m"\n[profiles.quirks]\n${quirks}\n`;

const PATH = '/proxy/own/v1/messages';

describe('quirks of Messages on the wire', () => {
  let upstream: RecordingServer<MessagesRequest>;
  let proxy: TestProxy | undefined;

  beforeEach(async () => {
    upstream = await startAnthropicUpstream(() => [{ type: 'text', text: 'ok' }]);
  });

  afterEach(async () => {
    await proxy?.stop();
    await upstream.close();
  });

  for (const one of MESSAGES_CASES) {
    const { quirk, what, quirks, ask, headers, losses } = one;
    it(`${quirk}: ${what}`, async () => {
      proxy = await startTestProxy(profile(upstream.url, quirks));
      const raw = typeof ask === 'string' ? ask : JSON.stringify(question(ask));
      const answer = await proxy.post(PATH, raw, headers);
      expect(answer.status, await answer.text()).to.equal(200);
      const [sent] = upstream.requests;
      if (!sent) throw new Error('nobody was asked');
      one.expected(sent, raw);
      const line = proxy.log.find(({ event }) => event === 'exchange') as { losses?: object } | undefined;
      expect(Object.keys(line?.losses ?? {})).to.have.members(losses);
    });
  }

  it('leaves the bytes alone where a quirk has nothing to change', async () => {
    const quirks = `images = false
documents = "none"
serverTools = false
cacheControlOnTools = false
forcedToolChoice = false
midConversationSystem = "user"
signedThinking = true
thinkingTypes = ["adaptive"]
betas = ["a"]`;
    proxy = await startTestProxy(profile(upstream.url, quirks));
    const raw =
      '{"model": "m","max_tokens":100, "thinking":{ "type":"adaptive"},"tools":[{"name":"a","input_schema":{}}],"messages":[{"role":"user","content":"\\"type\\":\\"image\\" and \\"role\\": \\"system\\""}]}';
    await (await proxy.post(PATH, raw, { 'anthropic-beta': 'a' })).text();
    expect(upstream.requests[0]?.raw).to.equal(raw);
  });

  it('sends no name that ends with [1m]', async () => {
    proxy = await startTestProxy(profile(upstream.url, ''));
    for (const model of ['other[1m]', 'claude-opus-5-5[1m]'])
      await (await proxy.post(PATH, question({ model }))).text();
    expect(upstream.requests.map(({ body }) => body.model)).to.deep.equal(['other', 'm']);
  });

  it('keeps the model in a count where an answer has it in the address', async () => {
    proxy = await startTestProxy(
      profile(upstream.url, 'omitFields = ["model"]\nextraFields = { anthropic_version = "v" }'),
    );
    await (await proxy.post(`${PATH}/count_tokens`, question())).text();
    expect(upstream.requests[0]?.body).to.include({ model: 'm', anthropic_version: 'v' });
  });

  it('begins with the failure of a search where the provider runs none and nobody else does', async () => {
    proxy = await startTestProxy(profile(upstream.url, 'serverTools = false'));
    const tools = [{ type: 'web_search_20250305', name: 'web_search' }];
    const text = await (await proxy.post(PATH, question({ tools, stream: true }))).text();
    expect(text).to.include('server_tool_use').and.to.include('"unavailable"').and.to.include('ok');
    expect(upstream.requests[0]?.body).not.to.have.any.keys('tools', 'tool_choice');
  });

  it('lets the plugin search where the provider runs no tools', async () => {
    await upstream.close();
    upstream = await startAnthropicUpstream((_body, n) =>
      n % 2 === 0
        ? [{ type: 'tool_use', id: 'toolu_1', name: 'web_search', input: { query: 'cup' } }]
        : [{ type: 'text', text: 'The reds.' }],
    );
    proxy = await startTestProxy(profile(upstream.url, 'serverTools = false\nbetas = ["a"]'), { searches: [wiki()] });
    const tools = [{ type: 'web_search_20250305', name: 'web_search' }];
    for (const stream of [true, false]) {
      const text = await (await proxy.post(PATH, question({ tools, stream }), { 'anthropic-beta': 'a,b' })).text();
      expect(text).to.include('web_search_tool_result').and.include('About cup').and.include('eds.');
    }
    const [first, second] = upstream.requests;
    expect(first?.headers['anthropic-beta']).to.equal('a');
    expect(first?.body['tools']).to.have.nested.property('[0].input_schema');
    expect(JSON.stringify(second?.body.messages)).to.include('tool_result').and.include('The reds won.');
  });

  it('hands reasoning with an empty signature back as it came', async () => {
    proxy = await startTestProxy(profile(upstream.url, ''));
    const content = [
      { type: 'thinking', thinking: 'hm', signature: '' },
      { type: 'text', text: 'ok' },
    ];
    const ask = question({
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content },
        { role: 'user', content: 'b' },
      ],
    });
    await (await proxy.post(PATH, ask)).text();
    expect(upstream.requests[0]?.raw).to.equal(JSON.stringify(ask));
  });
});

describe('errors of imitators of Messages', () => {
  const errors: [what: string, status: number, body: object, expected: number, type: string, text: string][] = [
    [
      'MiniMax, wrong key',
      200,
      { base_resp: { status_code: 1004, status_msg: 'login fail' } },
      401,
      'authentication_error',
      'login fail',
    ],
    [
      'MiniMax, too fast',
      200,
      { base_resp: { status_code: 1002, status_msg: 'slow' } },
      429,
      'rate_limit_error',
      'slow',
    ],
    [
      'MiniMax, too long',
      200,
      { base_resp: { status_code: 2013, status_msg: 'invalid params, context window exceeds limit' } },
      400,
      'invalid_request_error',
      'prompt is too long',
    ],
    ['Z.ai, flat', 200, { code: 1113, msg: 'no balance', success: false }, 402, 'billing_error', 'no balance'],
    [
      'Z.ai, unknown model',
      400,
      { error: { code: '1211', message: 'Unknown Model' } },
      404,
      'not_found_error',
      'Unknown Model',
    ],
  ];
  for (const [what, status, body, expected, type, text] of errors) {
    it(`are told in the client's words: ${what}`, async () => {
      const server = await startRecordingServer((_request, response) => sendWhole(response, status, body));
      const proxy = await startTestProxy(profile(server.url, ''));
      try {
        for (const stream of [false, true]) {
          const answer = await proxy.post(PATH, question({ stream }));
          const told = (await answer.json()) as { error: { type: string; message: string } };
          expect(answer.status).to.equal(expected);
          expect(told.error.type).to.equal(type);
          expect(told.error.message).to.include(text);
        }
      } finally {
        await proxy.stop();
        await server.close();
      }
    });
  }
});
