import { expect } from 'chai';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import { startChatUpstream, type ChatRequest, type ChatScript } from '../support/scripted-chat-upstream.ts';

const TOO_LONG = /^prompt is too long: (\d+) tokens > (\d+) maximum/;
/** Some 12,000 tokens. */
const LONG = 'word '.repeat(12_000);
const long = (more: object = {}): object => question({ messages: [{ role: 'user', content: LONG }], ...more });

async function messageOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { message: string } }).error.message;
}

async function expectRefusal(response: Response, window: number): Promise<void> {
  expect(response.status).to.equal(400);
  expect(response.headers.get('x-claudex-attempts')).to.equal('0');
  const [, tokens, maximum] = TOO_LONG.exec(await messageOf(response)) ?? [];
  expect(Number(maximum)).to.equal(window);
  expect(Number(tokens)).to.be.greaterThan(window);
}

describe('a known window, translated', () => {
  let upstream: RecordingServer<ChatRequest>;
  let proxy: TestProxy;
  let script: ChatScript;

  beforeEach(async () => {
    script = () => ({ text: 'Hello.' });
    upstream = await startChatUpstream((body, n) => script(body, n));
    const profile = (name: string, more: string): string =>
      `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n${more}`;
    proxy = await startTestProxy(profile('small', 'context_window = 20_000\n') + profile('unknown', ''));
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  it('lowers max_tokens to what it leaves, and says so in the log', async () => {
    expect((await proxy.post('/proxy/small/v1/messages', long({ max_tokens: 15_000 }))).status).to.equal(200);
    expect(upstream.requests[0]?.body['max_tokens']).to.be.within(1_024, 8_500);
  });

  it('leaves a limit alone that fits', async () => {
    await proxy.post('/proxy/small/v1/messages', question({ max_tokens: 15_000 }));
    expect(upstream.requests[0]?.body['max_tokens']).to.equal(15_000);
  });

  for (const stream of [false, true]) {
    it(`refuses a prompt that fills it without calling anybody, ${stream ? 'streaming' : 'not streaming'}`, async () => {
      const body = question({ stream, messages: [{ role: 'user', content: LONG.repeat(2) }] });
      await expectRefusal(await proxy.post('/proxy/small/v1/messages', body), 20_000);
      expect(upstream.requests).to.deep.equal([]);
    });
  }

  it('limits nothing where it is unknown', async () => {
    const body = question({ max_tokens: 1e12, messages: [{ role: 'user', content: LONG.repeat(10) }] });
    expect((await proxy.post('/proxy/unknown/v1/messages', body)).status).to.equal(200);
    expect(upstream.requests[0]?.body['max_tokens']).to.equal(1e12);
  });

  it('does not keep anybody from counting', async () => {
    const body = { model: 'm', messages: [{ role: 'user', content: LONG.repeat(10) }] };
    expect((await proxy.post('/proxy/small/v1/messages/count_tokens', body)).status).to.equal(200);
  });

  const refusal = (message: string, status = 400, more: object = {}) => ({
    status,
    body: { error: { message, ...more } },
  });

  it('completes what a provider says without figures, and keeps its words', async () => {
    script = () =>
      refusal('Your input exceeds the context window of this model', 400, { code: 'context_length_exceeded' });
    const message = await messageOf(await proxy.post('/proxy/small/v1/messages', question()));
    expect(message).to.match(
      /^prompt is too long: 20001 tokens > 20000 maximum\. The provider said: Your input exceeds/,
    );
  });

  it('keeps the figures of the provider', async () => {
    script = () => refusal("This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.");
    const message = await messageOf(await proxy.post('/proxy/small/v1/messages', question()));
    expect(message).to.match(/^prompt is too long: 9000 tokens > 8192 maximum/);
  });

  it('answers one that is about prompt and answer together with the other sentence and 400', async () => {
    script = () =>
      refusal(
        "`max_tokens` is too large: 900. This model's maximum context length is 1000 tokens and your request has 500 input tokens",
        422,
      );
    const response = await proxy.post('/proxy/small/v1/messages', question());
    expect(response.status).to.equal(400);
    expect(await messageOf(response)).to.match(
      /^input length and `max_tokens` exceed context limit: 500 \+ 900 > 1000/,
    );
  });
});

describe('a known window, passed through', () => {
  let upstream: RecordingServer<MessagesRequest>;
  let proxy: TestProxy;
  const PATH = '/proxy/own/v1/messages';

  beforeEach(async () => {
    upstream = await startAnthropicUpstream(() => [{ type: 'text', text: 'Hello.' }]);
    proxy = await startTestProxy(
      `[[profiles]]\nname = "own"\nbase_url = "${upstream.url}"\ndefault_model = "m"\ncontext_window = 20_000\n`,
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  it('lowers max_tokens and the budget that clients put just below it', async () => {
    const thinking = { type: 'enabled', budget_tokens: 14_999 };
    expect((await proxy.post(PATH, long({ max_tokens: 15_000, thinking }))).status).to.equal(200);
    const sent = upstream.requests[0]?.body as unknown as { max_tokens: number; thinking: { budget_tokens: number } };
    expect(sent.max_tokens).to.be.within(1_024, 8_500);
    expect(sent.thinking.budget_tokens).to.equal(sent.max_tokens - 1);
  });

  it('refuses a prompt that fills it without calling anybody', async () => {
    const body = question({ messages: [{ role: 'user', content: LONG.repeat(2) }] });
    await expectRefusal(await proxy.post(PATH, body), 20_000);
    expect(upstream.requests).to.deep.equal([]);
  });

  it('does not take the bytes of a picture for tokens', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: 'A'.repeat(400_000) };
    const raw = JSON.stringify(question({ messages: [{ role: 'user', content: [{ type: 'image', source }] }] }));
    expect((await proxy.post(PATH, raw)).status).to.equal(200);
    expect(upstream.requests[0]?.raw).to.equal(raw);
  });

  it('passes on what makes no sense, for the upstream to say so', async () => {
    const raw = `{"model":"m","max_tokens":5,"messages":"${LONG.repeat(3)}"}`;
    expect((await proxy.post(PATH, raw)).status).to.equal(200);
    expect(upstream.requests[0]?.raw).to.equal(raw);
  });
});
