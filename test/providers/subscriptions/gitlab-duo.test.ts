import { gitlabDuo } from '@claudex/plugin-provider-gitlab-duo';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { expect } from 'chai';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { saidItem } from '../../support/responses-answer.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';

const KEY = 'glpat-tokenOfTheUser';
const PATH = '/proxy/mine/v1/messages';
const MESSAGE = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'hello' }],
  stop_reason: 'end_turn',
};

describe('GitLab Duo through the proxy', () => {
  let gitlab: RecordingServer<{ model?: string }>;
  let proxy: TestProxy;
  let refusal: number | undefined;

  beforeEach(async () => {
    refusal = undefined;
    gitlab = await startRecordingServer(({ url, headers, body }, response) => {
      if (url === '/instance/api/v4/ai/third_party_agents/direct_access') {
        if (refusal !== undefined) return sendWhole(response, refusal, { message: `${refusal} Forbidden` });
        const given = { 'X-Gitlab-Realm': 'saas', 'x-api-key': 'of-a-vendor' };
        return sendWhole(response, 201, { token: 'gateway-token', headers: given });
      }
      if (headers.authorization !== 'Bearer gateway-token') return sendWhole(response, 401, { error: 'no' });
      const { model = '' } = body;
      if (url === '/ai/v1/proxy/anthropic/v1/messages')
        return sendWhole(response, 200, { ...MESSAGE, id: 'msg_1', model, usage: {} });
      if (url === '/ai/v1/proxy/openai/v1/responses')
        return sendWhole(response, 200, { id: 'resp_1', status: 'completed', model, output: [saidItem('hello')] });
      return sendWhole(response, 404, { error: { message: `no ${url}` } });
    });
    const toml = `[[profiles]]\nname = "mine"\nprovider = "gitlab-duo"\napi_key = "${KEY}"\n[profiles.options]\ninstance = "${gitlab.url}/instance/"\n`;
    // The gateway is where a variable says, as with the vendor's own client.
    const environment = { GITLAB_AI_GATEWAY_URL: gitlab.url };
    proxy = await startTestProxy(toml, { providers: [gitlabDuo], protocols: [openaiResponses], environment });
  });

  afterEach(async () => {
    await proxy.stop();
    await gitlab.close();
    expect(gitlab.failures).to.deep.equal([]);
  });

  it('reaches the models of both vendors with what one exchange gave', async () => {
    for (const model of ['opus', 'gpt-6-astra'])
      expect((await proxy.post(PATH, question({ model }))).status, model).to.equal(200);
    const [exchange, ...calls] = gitlab.requests;
    expect(exchange?.headers.authorization).to.equal(`Bearer ${KEY}`);
    expect(calls.map(({ url, body }) => [url, body.model])).to.deep.equal([
      ['/ai/v1/proxy/anthropic/v1/messages', 'claude-opus-5'],
      ['/ai/v1/proxy/openai/v1/responses', 'gpt-6-astra'],
    ]);
    for (const { headers } of calls)
      expect(headers).to.include({ 'x-gitlab-realm': 'saas' }).and.not.have.property('x-api-key');
  });

  it('says what the account lacks when GitLab refuses the exchange', async () => {
    refusal = 403;
    const response = await proxy.post(PATH, question());
    expect(response.status).to.equal(401);
    const text = await response.text();
    expect(text).to.include('Premium or Ultimate with GitLab Duo').and.include('403 Forbidden');
    expect(text + proxy.lines.join('')).to.not.include(KEY);
    expect(gitlab.requests).to.have.length(1);
  });
});
