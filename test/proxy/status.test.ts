import { expect } from 'chai';
import { question, startTestProxy, TOKEN, type TestProxy, withoutRepeats } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest, type ChatScript } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Status {
  readonly profiles: { readonly [name: string]: { readonly requests: number; readonly [figure: string]: unknown } };
  readonly [field: string]: unknown;
}

describe('what the proxy tells of itself', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<ChatRequest>;
  let script: ChatScript;

  beforeEach(async () => {
    script = () => ({ text: 'Hello there.' });
    upstream = await startChatUpstream((body, n) => script(body, n));
    proxy = await startTestProxy(
      withoutRepeats(
        `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\napi_key = "upstream-key"\ndefault_model = "m"\n` +
          `[[profiles]]\nname = "off"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\nenabled = false\n`,
      ),
    );
  });
  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  const status = async (): Promise<Status> => (await (await proxy.fetch('/status')).json()) as Status;

  /** Asks once, and waits until that has been counted. */
  async function ask(more: object = {}): Promise<void> {
    const before = (await status()).profiles['chat']?.requests;
    await (await proxy.post('/proxy/chat/v1/messages', question(more))).text();
    await waitUntil('the request to be counted', async () => (await status()).profiles['chat']?.requests !== before);
  }

  it('is complete before anybody has asked anything', async () => {
    const { profiles, ...facts } = await status();
    expect(facts).to.include({
      status: 'ok',
      name: 'claudex',
      version: '0.0.0-test',
      host: '127.0.0.1',
      port: proxy.port,
    });
    expect(facts).to.deep.include({ log: { dropped: 0 }, history: { dropped: 0 }, sessions: [] });
    expect(facts['configuration']).to.deep.include({ problem: null });
    expect(facts['event_loop_delay']).to.have.all.keys('p50_ms', 'p99_ms', 'max_ms');
    expect(profiles['off']).to.deep.include({ enabled: false, breaker: 'closed', breakers: [] });
    expect(profiles['chat']).to.deep.include({
      enabled: true,
      breaker: 'closed',
      breakers: [],
      health: { state: 'unknown', checked_at: null, latency_ms: null, reason: null },
      requests: 0,
      errors: 0,
      active: 0,
      attempts: 0,
      failovers: 0,
      losses: 0,
      latency: { p50_ms: null, p99_ms: null },
      sessions: 0,
    });
  });

  it('counts requests, streams, tokens and errors, and measures how long they took', async () => {
    await ask();
    await ask({ stream: true });
    script = () => ({ status: 500, body: { error: { message: 'no' } } });
    await ask();
    const { chat } = (await status()).profiles;
    expect(chat).to.include({ requests: 3, errors: 1, active: 0, attempts: 3, input_tokens: 200, output_tokens: 40 });
    expect(chat?.['latency']).to.have.property('p50_ms').that.is.a('number');
  });

  it('shows the breaker of a model that has answered', async () => {
    await ask();
    const { chat } = (await status()).profiles;
    expect(chat?.['breakers']).to.deep.equal([{ model: 'm', state: 'closed', remaining_ms: 0, opened: 0 }]);
  });

  it('gives metrics to whoever shows the token, in the text format of Prometheus', async () => {
    await ask({ stream: true });
    const response = await proxy.fetch('/metrics');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).to.match(/^# TYPE claudex_requests_total counter$/m);
    expect(text).to.include('claudex_requests_total{profile="chat",status="200",stream="true"} 1');
    expect(text).to.include('claudex_tokens_total{profile="chat",kind="output"} 20');
    expect(text).to.include('claudex_breaker_state{profile="chat",model="m"} 0');
    expect(text).to.include('claudex_streams_active 0');
    expect(text).to.match(/^claudex_first_event_seconds_count\{profile="chat"\} 1$/m);
    expect(text).not.to.match(new RegExp(`upstream-key|${TOKEN}`));
  });

  it('gives no metrics without the token', async () => {
    expect((await fetch(`${proxy.url}/metrics`)).status).to.equal(401);
  });
});
