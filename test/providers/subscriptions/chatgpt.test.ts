import type { ServerResponse } from 'node:http';
import { chatgpt, codex } from '@claudex/plugin-provider-chatgpt';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { expect } from 'chai';
import { fetchModels } from '../../../src/catalogue/fetch-models.ts';
import { createExchangeClient } from '../../../src/http/index.ts';
import { bindProfile } from '../../../src/router/index.ts';
import { loadedFrom } from '../../support/configuration.ts';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { registryOf } from '../../support/registry.ts';
import { calledItem, saidItem, streamEvents, streamItems } from '../../support/responses-answer.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';

/** The fields of a request that the plans have rules for. */
interface PlanRequest {
  readonly input: readonly { readonly type?: string; readonly role?: string; readonly tools?: readonly object[] }[];
  readonly [field: string]: unknown;
}

const PATH = '/proxy/plan/v1/messages';
const ACCOUNT = 'account-1';
const CLAIMS = { 'https://api.openai.com/auth': { chatgpt_account_id: ACCOUNT } };
const TOKEN = `head.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.signature-of-the-plan`;
const TOOLS = [{ name: 'look', description: 'Looks.', input_schema: { type: 'object', properties: {} } }];
const SAMPLED = { temperature: 0.5, top_p: 0.9, stop_sequences: ['x'], metadata: { user_id: 'u' } };
/** The client also gives instructions in the middle of a conversation. */
const REMINDED = [
  { role: 'user', content: 'hello' },
  { role: 'system', content: 'It is late.' },
];

const FORBIDDEN = ['temperature', 'top_p', 'max_output_tokens', 'metadata', 'user', 'safety_identifier', 'stop'];

const RULES: { readonly [provider: string]: (body: PlanRequest) => string | undefined } = {
  chatgpt: (body) => (body['tools'] === undefined ? undefined : 'Unsupported parameter: tools'),
  codex: (body) => (typeof body['instructions'] === 'string' ? undefined : 'Instructions are required'),
};

/** What the plan refuses, in its own words. */
function refusalOf(provider: string, body: PlanRequest): string | undefined {
  if (body['stream'] !== true) return 'Stream must be set to true';
  if (body['store'] !== false) return 'Store must be set to false';
  const field = FORBIDDEN.find((name) => Object.hasOwn(body, name));
  if (field !== undefined) return `Unsupported parameter: ${field}`;
  if (body.input.some(({ role }) => role === 'system')) return 'System messages are not allowed';
  return RULES[provider]?.(body);
}

for (const provider of [chatgpt, codex])
  describe(`a plan by the provider "${provider.id}"`, () => {
    const path = new URL(provider.endpoints?.[0]?.bases['openai-responses'] ?? '').pathname;
    let plan: RecordingServer<PlanRequest>;
    let paid: RecordingServer<PlanRequest>;
    let proxy: TestProxy;
    let answer: (body: PlanRequest, response: ServerResponse) => void;

    beforeEach(async () => {
      answer = (_body, response) => streamItems(response, [saidItem('hello')]);
      plan = await startRecordingServer(({ url, body }, response) => {
        if (url === `${path}/models?client_version=0.160.0`) return sendWhole(response, 200, { models: MODELS });
        if (url !== `${path}/responses`) return sendWhole(response, 404, { detail: 'Not Found' });
        const refusal = refusalOf(provider.id, body);
        return refusal === undefined ? answer(body, response) : sendWhole(response, 400, { detail: refusal });
      });
      paid = await startRecordingServer((_request, response) => streamItems(response, [saidItem('for money')]));
      proxy = await start();
    });

    afterEach(async () => {
      await proxy.stop();
      await plan.close();
      await paid.close();
      expect(plan.failures).to.deep.equal([]);
    });

    const profile = (): string =>
      `[[profiles]]\nname = "plan"\nprovider = "${provider.id}"\nbase_url = "${plan.url}${path}"\napi_key = "${TOKEN}"\n`;
    const start = (more = ''): Promise<TestProxy> => {
      const other = `[[profiles]]\nname = "paid"\nprovider_type = "OpenAIResponses"\nbase_url = "${paid.url}"\napi_key = "k"\ndefault_model = "m"\n`;
      const toml = `${profile()}${more}${other}[retry]\nmax_attempts = 2\nmax_wait_s = 0\n`;
      // The key that is paid by use lies ready, too.
      const environment = { OPENAI_API_KEY: 'sk-paid' };
      return startTestProxy(toml, { providers: [chatgpt, codex], protocols: [openaiResponses], environment });
    };

    it('gets requests of both kinds within its rules', async () => {
      for (const stream of [true, false]) {
        const response = await proxy.post(
          PATH,
          question({ ...SAMPLED, stream, tools: TOOLS, system: 'Be kind.', messages: REMINDED }),
        );
        const text = await response.text();
        expect(response.status, text).to.equal(200);
        expect(text).to.include('hello');
      }
      const [{ body, headers } = { body: { input: [] } as PlanRequest, headers: {} }] = plan.requests;
      expect(headers.authorization).to.equal(`Bearer ${TOKEN}`);
      expect(body['include']).to.include('reasoning.encrypted_content');
      const offered = (body['tools'] ?? body.input.find(({ type }) => type === 'additional_tools')?.tools) as object[];
      expect(offered[0]).to.include({ type: 'function', name: 'look', strict: false }).and.have.property('parameters');
    });

    it('serves a loop of tools although the last event repeats nothing', async () => {
      answer = ({ input }, response) =>
        streamItems(
          response,
          input.some(({ type }) => type === 'function_call_output') ? [saidItem('seen')] : [calledItem('look', {})],
        );
      const asked = { role: 'user', content: 'look' };
      const first = (await (await proxy.post(PATH, question({ messages: [asked], tools: TOOLS }))).json()) as {
        stop_reason: string;
        content: { type: string; id: string }[];
      };
      expect(first.stop_reason).to.equal('tool_use');
      const id = first.content.find(({ type }) => type === 'tool_use')?.id;
      const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'a tree' }] };
      const messages = [asked, { role: 'assistant', content: first.content }, result];
      expect(await (await proxy.post(PATH, question({ messages, tools: TOOLS }))).text()).to.include('seen');
    });

    it('is no success before it says that it is', async () => {
      answer = (_body, response) =>
        streamEvents(response, [{ type: 'response.output_item.done', output_index: 0, item: saidItem('half') }]);
      const text = await (await proxy.post(PATH, question({ stream: true }))).text();
      expect(text).to.include('event: error').and.not.include('message_stop');
    });

    it('fails when it is used up, and nobody else is asked who was not named', async () => {
      const exceeded = {
        error: { type: 'usage_limit_reached', message: 'The limit is reached.', resets_in_seconds: 60 },
      };
      answer = (_body, response) => sendWhole(response, 429, exceeded);
      const limited = await proxy.post(PATH, question());
      expect(limited.status).to.equal(429);
      expect(limited.headers.get('retry-after')).to.equal('60');
      expect(await limited.text()).to.include('The limit is reached.');
      const code = 'subscription_sharing_usage_limit_exceeded';
      answer = (_body, response) => sendWhole(response, 429, { error: { code, message: 'No more this week.' } });
      await proxy.stop();
      proxy = await start();
      const used = await proxy.post(PATH, question());
      expect(await used.text())
        .to.include('billing_error')
        .and.include('No more this week.');
      expect(used.headers.get('x-should-retry')).to.not.equal('true');
      expect(paid.requests).to.have.length(0);
      expect(plan.requests.every(({ headers }) => headers.authorization === `Bearer ${TOKEN}`)).to.equal(true);
    });

    it('is followed by the backup that its profile names, which is the consent of the user', async () => {
      const error = { code: 'subscription_sharing_usage_limit_exceeded', message: 'No more this week.' };
      answer = (_body, response) => streamEvents(response, [{ type: 'response.failed', response: { error } }]);
      await proxy.stop();
      proxy = await start('backup_providers = ["paid"]\n');
      const response = await proxy.post(PATH, question());
      expect(await response.text()).to.include('for money');
      expect(response.headers.get('x-claudex-trail')).to.equal('plan:billing, paid:answered');
    });

    it('lists the models that it offers, in its order', async () => {
      const client = await createExchangeClient({});
      const { values } = await loadedFrom(profile());
      const bound = bindProfile('plan', values, registryOf([chatgpt, codex], [openaiResponses]), {});
      const found = await fetchModels(bound, { client, signal: new AbortController().signal, cacheFolder: '' });
      client.close();
      expect('models' in found && found.models.map(({ id, title }) => [id, title])).to.deep.equal([
        ['gpt-6.1-sol', 'GPT-6.1 Sol'],
        ['gpt-6-luna', undefined],
      ]);
    });
  });

describe('a plan by the service of Codex', () => {
  it('is told the account, the session and who asks', async () => {
    const plan = await startRecordingServer<PlanRequest>((_request, response) =>
      streamItems(response, [saidItem('hi')]),
    );
    const toml = `[[profiles]]\nname = "plan"\nprovider = "codex"\nbase_url = "${plan.url}"\napi_key = "${TOKEN}"\n`;
    const proxy = await startTestProxy(toml, { providers: [codex], protocols: [openaiResponses] });
    try {
      await (await proxy.post(PATH, question(), { 'x-claude-code-session-id': 's' })).text();
      const headers = plan.requests[0]?.headers ?? {};
      expect(headers).to.include({ 'chatgpt-account-id': ACCOUNT, originator: 'claudex' });
      expect(headers['session-id'])
        .to.match(/^[0-9a-f]{32}$/)
        .and.equal(headers['thread-id']);
      expect(plan.requests[0]?.body).to.include({ instructions: '' });
    } finally {
      await proxy.stop();
      await plan.close();
    }
  });
});

const MODELS = [
  { slug: 'gpt-6.1-sol', display_name: 'GPT-6.1 Sol', visibility: 'list' },
  { slug: 'gpt-internal', display_name: 'Internal', visibility: 'hide' },
  { slug: 'gpt-6-luna', visibility: 'list' },
];
