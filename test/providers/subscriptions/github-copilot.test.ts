import { githubCopilot } from '@claudex/plugin-provider-github-copilot';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { expect } from 'chai';
import { fetchModels } from '../../../src/catalogue/fetch-models.ts';
import { createExchangeClient } from '../../../src/http/index.ts';
import { bindProfile, type BoundProfile } from '../../../src/router/index.ts';
import { openTrialWay, testConnectivity } from '../../../src/trial/index.ts';
import { chatCompletion } from '../../support/chat-answers.ts';
import { loadedFrom } from '../../support/configuration.ts';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { registryOf } from '../../support/registry.ts';
import { saidItem } from '../../support/responses-answer.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';

const KEY = 'ghu_tokenOfTheUser';
const PATH = '/proxy/mine/v1/messages';
const MESSAGE = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'hello' }],
  stop_reason: 'end_turn',
};
const IMAGE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } };
const LIST = {
  data: [
    entry('gpt-6.1-terra', ['/responses', 'ws:/responses']),
    entry('claude-opus-5.5', ['/v1/messages', '/chat/completions']),
    entry('raptor-1', ['/chat/completions']),
    { ...entry('switched-off', ['/responses']), policy: { state: 'disabled' } },
    { ...entry('vectors', ['/embeddings']), capabilities: { type: 'embeddings' } },
  ],
};

function entry(id: string, endpoints: readonly string[]): object {
  const limits = { max_context_window_tokens: 400_000, max_prompt_tokens: 272_000, max_output_tokens: 128_000 };
  return { id, supported_endpoints: endpoints, capabilities: { type: 'chat', limits }, policy: { state: 'enabled' } };
}

describe('GitHub Copilot through the proxy', () => {
  let github: RecordingServer<{ model?: string }>;
  let proxy: TestProxy;
  let exchanges: number;
  /** How many exchanges were needed for the token that is taken. */
  let valid: number;

  beforeEach(async () => {
    [exchanges, valid] = [0, 1];
    github = await startRecordingServer(({ url, headers, body }, response) => {
      const path = url.split('?')[0];
      if (path === '/copilot_internal/v2/token') {
        if (headers.authorization !== `token ${KEY}`) return sendWhole(response, 401, { message: 'Bad credentials' });
        exchanges += 1;
        const endpoints = { api: github.url };
        return sendWhole(response, 200, { token: `tid=${exchanges};copilot-token`, refresh_in: 1500, endpoints });
      }
      if (headers.authorization !== `Bearer tid=${valid};copilot-token`)
        return sendWhole(response, 401, 'unauthorized: token expired\n', { 'content-type': 'text/plain' });
      const { model = '' } = body ?? {};
      if (path === '/models') return sendWhole(response, 200, LIST);
      if (path === '/v1/messages') return sendWhole(response, 200, { ...MESSAGE, id: 'msg_1', model, usage: {} });
      if (path === '/responses')
        return sendWhole(response, 200, { id: 'resp_1', status: 'completed', model, output: [saidItem('hello')] });
      if (path === '/chat/completions') return sendWhole(response, 200, chatCompletion(model, { text: 'hello' }, 0));
      return sendWhole(response, 404, { error: { message: `no ${path}` } });
    });
    proxy = await startTestProxy(profile(), { providers: [githubCopilot], protocols: [openaiResponses] });
  });

  afterEach(async () => {
    await proxy.stop();
    await github.close();
    expect(github.failures).to.deep.equal([]);
  });

  const profile = (key = KEY): string => {
    const domain = github.url.slice('http://'.length);
    return `[[profiles]]\nname = "mine"\nprovider = "github-copilot"\napi_key = "${key}"\n[profiles.options]\ndomain = "${domain}"\n`;
  };
  const bound = async (key = KEY): Promise<BoundProfile> => {
    const { values } = await loadedFrom(profile(key));
    return bindProfile('mine', values, registryOf([githubCopilot], [openaiResponses]), {});
  };

  it('reaches each model by its own protocol, with one exchange for all', async () => {
    for (const model of ['opus', 'gpt-6.1-terra', 'gemini-3.8-flash'])
      expect((await proxy.post(PATH, question({ model }))).status, model).to.equal(200);
    const [exchange, ...calls] = github.requests;
    expect(exchange?.url).to.equal('/copilot_internal/v2/token');
    expect(calls.map(({ url, body }) => [url, body.model])).to.deep.equal([
      ['/v1/messages', 'claude-opus-5.5'],
      ['/responses', 'gpt-6.1-terra'],
      ['/chat/completions', 'gemini-3.8-flash'],
    ]);
    for (const { headers } of calls) {
      expect(headers).to.include({
        authorization: 'Bearer tid=1;copilot-token',
        'copilot-integration-id': 'vscode-chat',
        'openai-intent': 'conversation-edits',
        'x-github-api-version': '2025-05-01',
        'x-initiator': 'user',
        'user-agent': 'claudex',
      });
      expect(headers).to.not.have.any.keys('x-api-key', 'copilot-vision-request');
    }
  });

  it('says whose turn it is and that there is a picture, on passed and on translated ways', async () => {
    const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'look', input: {} }] };
    const found = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: [IMAGE] }] };
    const tools = [{ name: 'look', input_schema: { type: 'object' } }];
    for (const model of ['opus', 'gpt-6.1-terra', 'gemini-3.8-flash'])
      await proxy.post(PATH, question({ model, tools, messages: [{ role: 'user', content: 'look' }, call, found] }));
    for (const { headers, url } of github.requests.slice(1))
      expect(headers, url).to.include({ 'x-initiator': 'agent', 'copilot-vision-request': 'true' });
  });

  it('passes on the beta features that the vendor takes, and no others', async () => {
    const beta = 'interleaved-thinking-2025-05-14,claude-code-20250219,context-management-2025-06-27';
    await proxy.post(PATH, question({ model: 'opus' }), { 'anthropic-beta': beta });
    expect(github.requests[1]?.headers['anthropic-beta']).to.equal(
      'interleaved-thinking-2025-05-14,context-management-2025-06-27',
    );
  });

  it('goes on with another token when the first one expires in the middle of a session', async () => {
    await proxy.post(PATH, question({ model: 'opus' }));
    valid = 2;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        proxy.post(PATH, question({ model: n % 2 === 0 ? 'opus' : 'gpt-6.1-terra' })),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 200));
    expect(exchanges).to.equal(2);
    expect(proxy.lines.join('')).to.not.include('copilot-token').and.not.include(KEY);
  });

  it('lists its models with protocol and longest prompt, without those that are switched off', async () => {
    const client = await createExchangeClient({});
    try {
      const signal = new AbortController().signal;
      const found = await fetchModels(await bound(), { client, signal, cacheFolder: '' });
      if (!('models' in found)) throw new Error(found.problem);
      expect(found.models.map(({ id, protocol }) => [id, protocol])).to.deep.equal([
        ['gpt-6.1-terra', 'openai-responses'],
        ['claude-opus-5.5', 'anthropic-messages'],
        ['raptor-1', 'openai-chat'],
      ]);
      expect(found.models[0]).to.include({ contextWindow: 400_000, maxInputTokens: 272_000, maxOutputTokens: 128_000 });
      const refused = await fetchModels(await bound('ghu_wrong'), { client, signal, cacheFolder: '' });
      expect(refused).to.deep.equal({ problem: 'GitHub Copilot: GitHub does not take the token (Bad credentials)' });
    } finally {
      client.close();
    }
  });

  it('is tested with the exchange, and tells what is wrong with a key', async () => {
    const way = await openTrialWay({});
    try {
      const { signal } = new AbortController();
      expect(await testConnectivity(await bound(), way, signal)).to.include({ ok: true, asked: 'models' });
      const { ok, problem } = await testConnectivity(await bound('ghu_wrong'), way, signal);
      expect(ok).to.equal(false);
      expect(problem).to.include({ code: 'key-refused' });
      expect(problem?.reason).to.include('GitHub does not take the token').and.not.include('ghu_wrong');
    } finally {
      await way.close();
    }
  });
});
