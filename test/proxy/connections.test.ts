import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { exchangingProvider, LIFE_MS, startExchange, tokenOf, type ExchangeScript } from '../oauth/support/exchange.ts';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';
import type { MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import type { TestServer } from '../support/serve.ts';

const KEY = 'credential-of-the-user';
const PATH = '/proxy/mine/v1/messages';
const PROFILE = `[[profiles]]\nname = "mine"\nprovider = "acme"\napi_key = "${KEY}"\n`;
const ANSWER = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'hello' }],
  stop_reason: 'end_turn',
};
const USAGE = { input_tokens: 1, output_tokens: 1 };

describe('a provider whose credential is exchanged', () => {
  const realNow = Date.now;
  let proxy: TestProxy;
  let exchange: TestServer;
  let upstream: RecordingServer<MessagesRequest>;
  /** Tokens that the provider takes; undefined: any. */
  let accepted: ReadonlySet<string> | undefined;
  let refusal: { status: number; body: unknown };

  beforeEach(async () => {
    accepted = undefined;
    refusal = {
      status: 401,
      body: { type: 'error', error: { type: 'authentication_error', message: 'token expired' } },
    };
    upstream = await startRecordingServer<MessagesRequest>(({ headers, url, body }, response) => {
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      if (accepted && !accepted.has(token)) return sendWhole(response, refusal.status, refusal.body);
      if (url.includes('count_tokens')) return sendWhole(response, 200, { input_tokens: 7 });
      if (url.startsWith('/v1/messages'))
        return sendWhole(response, 200, { ...ANSWER, id: 'msg_1', model: body.model, usage: USAGE });
      return sendWhole(response, 200, {
        choices: [{ index: 0, finish_reason: 'stop', message: { content: 'hello' } }],
      });
    });
  });

  afterEach(async () => {
    Date.now = realNow;
    await proxy.stop();
    await exchange.stop();
    await upstream.close();
    expect(upstream.failures).to.deep.equal([]);
  });

  const begin = async (script?: ExchangeScript, more: Partial<Provider> = {}, toml = ''): Promise<void> => {
    exchange = await startExchange(script);
    const bases = { 'anthropic-messages': upstream.url, 'openai-chat': `${upstream.url}/chat` };
    const provider = { ...exchangingProvider(exchange, () => ({ bases })), ...more };
    proxy = await startTestProxy(`${PROFILE}${toml}`, { providers: [provider] });
  };
  const shown = (): (string | undefined)[] => upstream.requests.map(({ headers }) => headers.authorization);

  it('serves fifty requests at once with one exchange, and the next after the end of its life with another', async () => {
    await begin();
    const answers = await Promise.all(Array.from({ length: 50 }, () => proxy.post(PATH, question())));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 50 }, () => 200));
    expect(exchange.seen).to.have.length(1);
    Date.now = () => realNow() + LIFE_MS;
    const later = await Promise.all(Array.from({ length: 5 }, () => proxy.post(PATH, question())));
    expect(later.every(({ status }) => status === 200)).to.equal(true);
    expect(exchange.seen).to.have.length(2);
    expect(new Set(shown())).to.have.keys(`Bearer ${tokenOf(0)}`, `Bearer ${tokenOf(1)}`);
  });

  it('exchanges again when the provider refuses what it gave, and asks once more', async () => {
    await begin();
    accepted = new Set([tokenOf(1)]);
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(200);
    expect(response.headers.get('x-claudex-attempts')).to.equal('2');
    expect(response.headers.get('x-claudex-trail')).to.equal('mine:401 authentication, mine:answered');
    expect(shown()).to.deep.equal([`Bearer ${tokenOf(0)}`, `Bearer ${tokenOf(1)}`]);
    const line = proxy.log.find(({ event }) => event === 'exchange');
    expect(line?.['attempts']).to.have.nested.property('[0].outcome', 'renewed');
    expect((await proxy.post(PATH, question())).headers.get('x-claudex-attempts')).to.equal('1');
  });

  it('leads a swarm of refused requests to one more exchange', async () => {
    await begin();
    await proxy.post(PATH, question());
    accepted = new Set([tokenOf(1)]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => proxy.post(PATH, question())));
    expect(answers.every(({ status }) => status === 200)).to.equal(true);
    expect(exchange.seen).to.have.length(2);
  });

  it('gives up when the new one is refused, too', async () => {
    await begin();
    accepted = new Set();
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(401);
    expect(response.headers.get('x-should-retry')).to.equal('false');
    expect(exchange.seen).to.have.length(2);
    expect(upstream.requests).to.have.length(2);
  });

  it('takes a 403 for a refused login only where it says that something expired', async () => {
    await begin();
    accepted = new Set([tokenOf(1)]);
    refusal = {
      status: 403,
      body: { type: 'error', error: { type: 'permission_error', message: 'not in your plan' } },
    };
    expect((await proxy.post(PATH, question())).status).to.equal(403);
    expect(exchange.seen).to.have.length(1);
    refusal = { status: 403, body: { error: { code: 'token_expired', message: 'go away' } } };
    expect((await proxy.post(PATH, question())).status).to.equal(200);
    expect(exchange.seen).to.have.length(2);
  });

  it('tells once and clearly that the exchange refused the credential, and shows it to nobody', async () => {
    await begin((_n, { headers }) => ({ status: 401, body: `bad credentials: ${headers.authorization}` }));
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(401);
    expect(response.headers.get('x-should-retry')).to.equal('false');
    const text = await response.text();
    expect(JSON.parse(text)).to.have.nested.property('error.type', 'authentication_error');
    expect(text).to.include('Acme: the exchange answered 401').and.include('Check the key of the profile');
    expect(text + proxy.lines.join('')).to.not.include(KEY);
    expect(response.headers.get('x-claudex-trail')).to.equal('mine:authentication');
    expect(upstream.requests).to.have.length(0);
  });

  it('is unavailable while its exchange is, and leaves the request to a backup with a key of its own', async () => {
    await begin(() => ({ status: 503, body: 'busy' }));
    const refused = await proxy.post(PATH, question());
    expect([refused.status, await refused.text()].join(' '))
      .to.include('503')
      .and.include('Try again in a moment');
    await proxy.stop();
    await exchange.stop();
    const spare = `[[profiles]]\nname = "spare"\nbase_url = "${upstream.url}"\napi_key = "k"\ndefault_model = "m"\n`;
    await begin(() => ({ status: 401, body: 'no' }), {}, `backup_providers = ["spare"]\n${spare}`);
    const served = await proxy.post(PATH, question());
    expect(served.headers.get('x-claudex-profile')).to.equal('spare');
    expect(served.headers.get('x-claudex-trail')).to.equal('mine:authentication, spare:answered');
  });

  it('keeps what it was given out of the log and of errors', async () => {
    await begin();
    refusal = {
      status: 400,
      body: { type: 'error', error: { type: 'invalid_request_error', message: `no ${tokenOf(0)}` } },
    };
    accepted = new Set();
    const text = await (await proxy.post(PATH, question())).text();
    expect(text).to.include('invalid_request_error');
    expect(text + proxy.lines.join('')).to.not.include(tokenOf(0));
  });

  it('counts tokens and speaks its other protocols with the same connection', async () => {
    const knownModels = [{ id: 'chatty', protocol: 'openai-chat' }];
    await begin(undefined, { knownModels, wires: { 'openai-chat': {} } });
    const count = await proxy.post(`${PATH}/count_tokens`, question());
    expect(await count.json()).to.deep.equal({ input_tokens: 7 });
    expect((await proxy.post(PATH, question({ model: 'chatty' }))).status).to.equal(200);
    expect(upstream.requests.map(({ url }) => url)).to.deep.equal([
      '/v1/messages/count_tokens',
      '/chat/chat/completions',
    ]);
    expect(exchange.seen).to.have.length(1);
    expect(new Set(shown())).to.have.keys(`Bearer ${tokenOf(0)}`);
  });
});
