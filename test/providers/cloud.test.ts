import answerAzure from '@claudex/plugin-provider-azure';
import answerCompatible from '@claudex/plugin-provider-compatible';
import answerGoogle from '@claudex/plugin-provider-google';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { googleGemini } from '@claudex/plugin-protocol-google-gemini';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration, type Profile } from '../../src/config/index.ts';
import { bindProfile, composeRequest, forModel, knowModel, type BoundProfile } from '../../src/router/index.ts';
import { refusalOf } from '../support/refusal-of.ts';

const PROTOCOLS = new Map(
  [anthropicMessages, openaiChat, openaiResponses, googleGemini].map((protocol) => [protocol.id, protocol]),
);
const VERTEX = 'https://aiplatform.googleapis.com/v1/projects/p1/locations/global';
const ENTRA = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';

/** A profile's provider, options, model and, unless it is the preferred one, its provider_type; and where that leads. */
type Way = readonly [provider: string, options: Profile['options'], model: string, url: string, type?: string];

const CHAT = 'OpenAICompatible';
const MESSAGES = 'DirectAnthropic';
const WAYS: readonly Way[] = [
  ['bedrock', {}, 'anthropic.claude-opus-5-5', 'https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages'],
  ['bedrock', { region: 'eu-west-1' }, 'openai.gpt-oss-120b', 'https://bedrock-mantle.eu-west-1.api.aws/v1/responses'],
  ['bedrock', {}, 'zai.glm-5', 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions'],
  ['bedrock', {}, 'qwen.new', 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions', CHAT],
  ['cloudflare', { account: 'a1' }, 'm', 'https://api.cloudflare.com/client/v4/accounts/a1/ai/v1/chat/completions'],
  ['fireworks', {}, 'm', 'https://api.fireworks.ai/inference/v1/messages'],
  ['fireworks', {}, 'accounts/fireworks/models/glm-5p3', 'https://api.fireworks.ai/inference/v1/chat/completions'],
  ['siliconflow', {}, 'm', 'https://api.siliconflow.com/v1/messages'],
  ['siliconflow', { region: 'china' }, 'm', 'https://api.siliconflow.cn/v1/messages'],
  ['siliconflow', { region: 'china' }, 'm', 'https://api.siliconflow.cn/v1/chat/completions', CHAT],
  ['nvidia', {}, 'm', 'https://integrate.api.nvidia.com/v1/chat/completions'],
  ['huggingface', {}, 'm', 'https://router.huggingface.co/v1/chat/completions'],
  ['vercel', {}, 'm', 'https://ai-gateway.vercel.sh/v1/messages'],
  ['vercel', {}, 'm', 'https://ai-gateway.vercel.sh/v1/chat/completions', CHAT],
  ['mimo', {}, 'm', 'https://api.xiaomimimo.com/anthropic/v1/messages'],
  ['mimo', { plan: 'token' }, 'm', 'https://token-plan-sgp.xiaomimimo.com/anthropic/v1/messages'],
  ['mimo', { plan: 'token', region: 'china' }, 'm', 'https://token-plan-cn.xiaomimimo.com/anthropic/v1/messages'],
  ['mimo', { plan: 'token', region: 'europe' }, 'm', 'https://token-plan-ams.xiaomimimo.com/v1/chat/completions', CHAT],
  ['stepfun', {}, 'm', 'https://api.stepfun.ai/v1/messages'],
  ['stepfun', { plan: 'step' }, 'm', 'https://api.stepfun.ai/step_plan/v1/messages'],
  ['stepfun', { plan: 'step', region: 'china' }, 'm', 'https://api.stepfun.com/step_plan/v1/chat/completions', CHAT],
  ['meta', {}, 'm', 'https://api.meta.ai/v1/responses'],
  ['azure', { resource: 'r1' }, 'gpt-x', 'https://r1.openai.azure.com/openai/v1/responses'],
  ['azure', { resource: 'r1' }, 'gpt-x', 'https://r1.openai.azure.com/openai/v1/chat/completions', CHAT],
  ['azure', { resource: 'r1' }, 'claude-mine', 'https://r1.services.ai.azure.com/anthropic/v1/messages'],
  ['azure', { resource: 'r1' }, 'mine', 'https://r1.services.ai.azure.com/anthropic/v1/messages', MESSAGES],
  [
    'azure',
    { resource: 'r1', api_version: '2024-10-21' },
    'my gpt',
    'https://r1.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
    CHAT,
  ],
  [
    'azure',
    { resource: 'r1', api_version: '2024-10-21', deployment: 'd1' },
    'gpt-6-luna',
    'https://r1.openai.azure.com/openai/deployments/d1/chat/completions?api-version=2024-10-21',
    CHAT,
  ],
  [
    'azure',
    { resource: 'r1', api_version: 'preview' },
    'gpt-x',
    'https://r1.openai.azure.com/openai/v1/chat/completions?api-version=preview',
    CHAT,
  ],
  ['azure', { resource: 'r1', api_version: '2024-10-21' }, 'gpt-x', 'https://r1.openai.azure.com/openai/v1/responses'],
  ['gemini', {}, 'm', 'https://generativelanguage.googleapis.com/v1beta/models/m:generateContent'],
  ['gemini', {}, 'm', 'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions', CHAT],
  [
    'vertex',
    { project: 'p1' },
    'claude-x@20260101',
    `${VERTEX}/publishers/anthropic/models/claude-x@20260101:rawPredict`,
  ],
  ['vertex', { project: 'p1' }, 'gemini-new', `${VERTEX}/publishers/google/models/gemini-new:generateContent`],
  ['vertex', { project: 'p1' }, 'zai-org/glm-5-maas', `${VERTEX}/endpoints/openapi/chat/completions`],
  [
    'vertex',
    { project: 'p1', location: 'eu' },
    'claude-x',
    'https://aiplatform.eu.rep.googleapis.com/v1/projects/p1/locations/eu/publishers/anthropic/models/claude-x:rawPredict',
  ],
  [
    'vertex',
    { project: 'p1', location: 'us-east5' },
    'claude-x',
    'https://us-east5-aiplatform.googleapis.com/v1/projects/p1/locations/us-east5/publishers/anthropic/models/claude-x:rawPredict',
  ],
  [
    'vertex',
    { plan: 'express' },
    'gemini-x',
    'https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-x:generateContent',
  ],
];

describe('profiles of the cloud platforms', () => {
  let providers: ReadonlyMap<string, Provider>;

  before(async () => {
    const options = { specVersion: 1 } as const;
    const all = [
      ...(await answerAzure(options)),
      ...(await answerCompatible(options)),
      ...(await answerGoogle(options)),
    ];
    providers = new Map(all.map((provider) => [provider.id, provider]));
  });

  function bind(profile: Partial<Profile>, keys: NodeJS.ProcessEnv = {}): BoundProfile {
    const profiles = [completeProfile({ name: 'p', api_key: 'secret', ...profile })];
    return bindProfile('p', { ...defaultConfiguration(), profiles }, { protocols: PROTOCOLS, providers }, keys);
  }

  const ask = (bound: BoundProfile, model: string, more = {}) =>
    composeRequest(forModel(bound, model), { operation: 'messages', model, body: '{}', ...more });

  for (const [provider, options, model, url, type] of WAYS)
    it(`reach ${model} of ${[provider, ...Object.values(options ?? {}), type ?? ''].join(' ').trim()} at its address`, () => {
      const bound = bind({ provider, ...(options && { options }), ...(type !== undefined && { provider_type: type }) });
      expect(ask(bound, model)?.url).to.equal(url);
    });

  it('streams from Vertex AI and counts there by other paths', () => {
    const bound = bind({ provider: 'vertex', options: { project: 'p1' } });
    const claude = `${VERTEX}/publishers/anthropic/models`;
    expect(ask(bound, 'claude-x', { stream: true })?.url).to.equal(`${claude}/claude-x:streamRawPredict`);
    expect(ask(bound, 'claude-x', { operation: 'count-tokens' })?.url).to.equal(`${claude}/count-tokens:rawPredict`);
    expect(ask(bound, 'gemini-x', { stream: true })?.url).to.equal(
      `${VERTEX}/publishers/google/models/gemini-x:streamGenerateContent?alt=sse`,
    );
    expect(composeRequest(bound, { operation: 'models', model: '' })).to.equal(undefined);
  });

  it('have Claude on Vertex AI without the model in its body, and with the version', () => {
    const bound = bind({ provider: 'vertex', options: { project: 'p1' } });
    const { quirks } = knowModel(bound, 'claude-sonnet-5-5@default');
    expect(quirks).to.deep.include({ omitFields: ['model', 'temperature', 'top_p', 'top_k'], signedThinking: true });
    expect(quirks.extraFields).to.deep.equal({ anthropic_version: 'vertex-2023-10-16' });
    expect(knowModel(forModel(bound, 'gemini-4-argon'), 'gemini-4-argon').quirks).to.not.have.any.keys('omitFields');
  });

  it('show a key of Azure in its own header, a token of Entra as Bearer, and Claude a key as Anthropic does', () => {
    const headers = (api_key: string, model: string) =>
      ask(bind({ provider: 'azure', options: { resource: 'r1' }, api_key }), model)?.headers;
    expect(headers('secret', 'gpt-x')).to.include({ 'api-key': 'secret' }).and.not.have.property('authorization');
    expect(headers(ENTRA, 'gpt-x'))
      .to.include({ authorization: `Bearer ${ENTRA}` })
      .and.not.have.property('api-key');
    expect(headers('secret', 'claude-x')).to.include({ 'x-api-key': 'secret' }).and.not.have.property('api-key');
    expect(headers(ENTRA, 'claude-x')).to.include({ authorization: `Bearer ${ENTRA}` });
  });

  it('show a Bearer token in every protocol of Bedrock, and Gemini its key as Google wants it', () => {
    const bearer = { authorization: 'Bearer secret' };
    for (const model of ['anthropic.claude-opus-5-5', 'openai.gpt-oss-20b'])
      expect(ask(bind({ provider: 'bedrock' }), model)?.headers).to.include(bearer);
    expect(ask(bind({ provider: 'gemini' }), 'm')?.headers).to.include({ 'x-goog-api-key': 'secret' });
    expect(ask(bind({ provider: 'gemini', provider_type: CHAT }), 'm')?.headers).to.include(bearer);
  });

  for (const [provider, option, variable] of [
    ['azure', 'resource', 'AZURE_OPENAI_RESOURCE_NAME'],
    ['vertex', 'project', 'GOOGLE_CLOUD_PROJECT'],
    ['cloudflare', 'account', 'CLOUDFLARE_ACCOUNT_ID'],
  ] as const)
    it(`need options.${option} for ${provider}, or ${variable}`, async () => {
      const { message, remedy } = await refusalOf((async () => bind({ provider }))());
      expect(message).to.contain(`options.${option}`);
      expect(remedy).to.contain(`"${option}"`).and.contain(variable);
      expect(bind({ provider }, { [variable]: 'named-there' }).baseUrl).to.contain('named-there');
    });

  it('of Azure with a base_url need no resource', () => {
    const bound = bind({ provider: 'azure', base_url: 'https://gateway.test/openai/v1' });
    expect(ask(bound, 'gpt-x')?.url).to.equal('https://gateway.test/openai/v1/responses');
  });

  it('take a file of credentials by its path alone', async () => {
    const file = (credentials_file: string) =>
      bind({ provider: 'vertex', options: { project: 'p1', credentials_file } });
    expect(file('~/keys/vertex.json').options).to.include({ credentials_file: '~/keys/vertex.json' });
    const { message, remedy } = await refusalOf((async () => file('vertex.json'))());
    expect(message).to.contain('options.credentials_file');
    expect(remedy).to.contain('path of a file');
  });

  it('have the models of their way in', () => {
    expect(bind({ provider: 'vertex', options: { plan: 'express' } }).models.opus).to.equal('gemini-4-argon');
    expect(bind({ provider: 'siliconflow', options: { region: 'china' } }).models.default).to.equal('zai-org/GLM-5.2');
  });
});
