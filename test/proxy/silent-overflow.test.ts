import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import { startChatUpstream, type ChatRequest, type ScriptedAnswer } from '../support/scripted-chat-upstream.ts';

/** Some 17,000 tokens. */
const LONG = { messages: [{ role: 'user', content: 'word '.repeat(13_800) }] };
const OVERFLOW = /^prompt is too long: \d+ tokens > 20000 maximum/;

const local = (baseUrl: string): Provider => ({
  specVersion: 1,
  id: 'here',
  title: 'Here',
  protocol: 'openai-chat',
  baseUrl,
  local: true,
  needsCredential: false,
  models: { default: 'm' },
});

describe('a prompt that is too long, of which the provider says nothing', () => {
  let upstream: RecordingServer<ChatRequest>;
  let own: RecordingServer<MessagesRequest>;
  let proxy: TestProxy;
  let answer: ScriptedAnswer;

  beforeEach(async () => {
    upstream = await startChatUpstream(() => answer);
    own = await startAnthropicUpstream(() => [{ type: 'text', text: 'ok' }]);
    const profile = (name: string, more: string): string => `[[profiles]]\nname = "${name}"\n${more}\n`;
    const chat = `provider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n`;
    proxy = await startTestProxy(
      profile('known', `${chat}context_window = 20_000`) +
        profile('unknown', chat) +
        profile('small', `base_url = "${own.url}"\ndefault_model = "m"\ncontext_window = 10_000`) +
        profile('here', 'provider = "here"'),
      { providers: [local(`${upstream.url}/v1`)] },
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
    await own.close();
  });

  const ask = (profile: string, more: object = {}): Promise<Response> =>
    proxy.post(`/proxy/${profile}/v1/messages`, question(more));
  const warnings = (): string[] =>
    proxy.log.filter(({ event }) => event === 'warning').map(({ message }) => String(message));

  async function messageOf(response: Response): Promise<string> {
    expect(response.status).to.equal(400);
    const { error } = (await response.json()) as { error: { type: string; message: string } };
    expect(error.type).to.equal('invalid_request_error');
    return error.message;
  }

  for (const stream of [true, false]) {
    const how = stream ? 'streamed' : 'whole';

    it(`is told of an answer that is empty because the window was full, ${how}`, async () => {
      answer = {
        finishReason: 'model_context_window_exceeded',
        usage: { prompt_tokens: 21_000, completion_tokens: 0 },
      };
      expect(await messageOf(await ask('known', { stream }))).to.equal(
        'prompt is too long: 21000 tokens > 20000 maximum',
      );
      expect(await messageOf(await ask('unknown', { stream }))).to.match(
        /^prompt is too long: 21000 tokens > \d+ maximum/,
      );
    });

    it(`is told of an answer that stops before its first token in a window that is nearly full, ${how}`, async () => {
      answer = { finishReason: 'length', usage: { prompt_tokens: 19_999, completion_tokens: 0 } };
      expect(await messageOf(await ask('known', { stream, ...LONG }))).to.match(OVERFLOW);
    });

    it(`is not told of an answer that is empty for another reason, ${how}`, async () => {
      answer = { finishReason: 'length', usage: { prompt_tokens: 10, completion_tokens: 0 } };
      expect((await ask('known', { stream })).status).to.equal(200);
      answer = { finishReason: 'stop', usage: { prompt_tokens: 19_999, completion_tokens: 0 } };
      expect((await ask('known', { stream })).status).to.equal(200);
      answer = { finishReason: 'length', usage: { prompt_tokens: 19_999, completion_tokens: 0 } };
      expect((await ask('unknown', { stream })).status).to.equal(200);
    });

    it(`is not told of an answer with something in it that fills the window, ${how}`, async () => {
      answer = {
        text: 'half an ans',
        finishReason: 'model_context_window_exceeded',
        usage: { prompt_tokens: 19_000, completion_tokens: 1_000 },
      };
      const response = await ask('known', { stream });
      expect(response.status).to.equal(200);
      expect(await response.text())
        .to.include('model_context_window_exceeded')
        .and.to.include('half');
      expect(warnings()).to.deep.equal([]);
    });
  }

  it('is told where the provider counted more than fits, as long as nothing was given out, and else logged once', async () => {
    answer = { text: 'fine', usage: { prompt_tokens: 25_000, completion_tokens: 5 } };
    expect(await messageOf(await ask('known'))).to.equal('prompt is too long: 25000 tokens > 20000 maximum');
    expect(warnings()).to.deep.equal([]);
    for (let n = 0; n < 2; n += 1) expect(await (await ask('known', { stream: true })).text()).to.include('fine');
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.include('25000').and.include('20000').and.include('context_window');
  });

  it('is logged of a server on this machine that counts far less than was sent', async () => {
    answer = { text: 'fine', usage: { prompt_tokens: 4_096, completion_tokens: 5 } };
    await (await ask('unknown', { stream: true, ...LONG })).text();
    expect(warnings()).to.deep.equal([]);
    await (await ask('here', { stream: true, ...LONG })).text();
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.include('4096').and.include('cut');
  });

  it('is told before anybody is asked where the estimate is above the window', async () => {
    expect(await messageOf(await ask('small', LONG))).to.match(/^prompt is too long: \d+ tokens > 10000 maximum/);
    expect(own.requests).to.deep.equal([]);
  });
});
