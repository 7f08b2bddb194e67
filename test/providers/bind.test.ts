import answerAnthropic from '@claudex/plugin-provider-anthropic';
import answerCompatible from '@claudex/plugin-provider-compatible';
import answerOpenai from '@claudex/plugin-provider-openai';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration, type Profile } from '../../src/config/index.ts';
import { bindProfile, composeRequest, forModel, type BoundProfile } from '../../src/router/index.ts';

const PROTOCOLS = new Map([anthropicMessages, openaiChat, openaiResponses].map((protocol) => [protocol.id, protocol]));
const TYPES = { messages: 'DirectAnthropic', chat: 'OpenAICompatible', responses: 'OpenAIResponses' };

/** A choice of options, and where it leads by each protocol and for the list of models. */
interface Way {
  readonly provider: string;
  readonly options?: { readonly [name: string]: string };
  readonly messages?: string;
  readonly chat?: string;
  readonly responses?: string;
  /** Absent where there is none. */
  readonly list?: string;
}

const WAYS: readonly Way[] = [
  {
    provider: 'minimax',
    messages: 'https://api.minimax.io/anthropic/v1/messages',
    chat: 'https://api.minimax.io/v1/chat/completions',
    responses: 'https://api.minimax.io/v1/responses',
    list: 'https://api.minimax.io/v1/models',
  },
  {
    provider: 'minimax',
    options: { region: 'china' },
    messages: 'https://api.minimaxi.com/anthropic/v1/messages',
    chat: 'https://api.minimaxi.com/v1/chat/completions',
    list: 'https://api.minimaxi.com/v1/models',
  },
  {
    provider: 'openrouter',
    messages: 'https://openrouter.ai/api/v1/messages',
    chat: 'https://openrouter.ai/api/v1/chat/completions',
    responses: 'https://openrouter.ai/api/v1/responses',
    list: 'https://openrouter.ai/api/v1/models',
  },
  {
    provider: 'openrouter',
    options: { region: 'eu' },
    messages: 'https://eu.openrouter.ai/api/v1/messages',
    list: 'https://eu.openrouter.ai/api/v1/models',
  },
  {
    provider: 'xai',
    responses: 'https://api.x.ai/v1/responses',
    chat: 'https://api.x.ai/v1/chat/completions',
    list: 'https://api.x.ai/v1/models',
  },
  {
    provider: 'xai',
    options: { region: 'us' },
    responses: 'https://us.api.x.ai/v1/responses',
    list: 'https://us.api.x.ai/v1/models',
  },
  {
    provider: 'deepseek',
    messages: 'https://api.deepseek.com/anthropic/v1/messages',
    chat: 'https://api.deepseek.com/chat/completions',
    responses: 'https://api.deepseek.com/responses',
    list: 'https://api.deepseek.com/models',
  },
  {
    provider: 'moonshot',
    messages: 'https://api.moonshot.ai/anthropic/v1/messages',
    chat: 'https://api.moonshot.ai/v1/chat/completions',
    responses: 'https://api.moonshot.ai/v1/responses',
    list: 'https://api.moonshot.ai/v1/models',
  },
  {
    provider: 'moonshot',
    options: { region: 'china' },
    messages: 'https://api.moonshot.cn/anthropic/v1/messages',
    chat: 'https://api.moonshot.cn/v1/chat/completions',
    list: 'https://api.moonshot.cn/v1/models',
  },
  {
    provider: 'kimi-code',
    messages: 'https://api.kimi.com/coding/v1/messages',
    chat: 'https://api.kimi.com/coding/v1/chat/completions',
    list: 'https://api.kimi.com/coding/v1/models',
  },
  {
    provider: 'kimi-code',
    options: { region: 'ai' },
    messages: 'https://api.kimi.ai/coding/v1/messages',
    list: 'https://api.kimi.ai/coding/v1/models',
  },
  {
    provider: 'zai',
    messages: 'https://api.z.ai/api/anthropic/v1/messages',
    chat: 'https://api.z.ai/api/paas/v4/chat/completions',
    list: 'https://api.z.ai/api/v1/models',
  },
  {
    provider: 'zai',
    options: { plan: 'coding' },
    messages: 'https://api.z.ai/api/anthropic/v1/messages',
    chat: 'https://api.z.ai/api/coding/paas/v4/chat/completions',
    responses: 'https://api.z.ai/api/v1/responses',
    list: 'https://api.z.ai/api/v1/models',
  },
  {
    provider: 'zai',
    options: { region: 'china' },
    messages: 'https://open.bigmodel.cn/api/anthropic/v1/messages',
    chat: 'https://open.bigmodel.cn/api/paas/v4/chat/completions',
    list: 'https://open.bigmodel.cn/api/v1/models',
  },
  {
    provider: 'zai',
    options: { region: 'china', plan: 'coding' },
    chat: 'https://open.bigmodel.cn/api/coding/paas/v4/chat/completions',
    responses: 'https://open.bigmodel.cn/api/v1/responses',
    list: 'https://open.bigmodel.cn/api/v1/models',
  },
  {
    provider: 'groq',
    chat: 'https://api.groq.com/openai/v1/chat/completions',
    responses: 'https://api.groq.com/openai/v1/responses',
    list: 'https://api.groq.com/openai/v1/models',
  },
  {
    provider: 'mistral',
    chat: 'https://api.mistral.ai/v1/chat/completions',
    responses: 'https://api.mistral.ai/v1/responses',
    list: 'https://api.mistral.ai/v1/models',
  },
  {
    provider: 'together',
    chat: 'https://api.together.ai/v1/chat/completions',
    list: 'https://api.together.ai/v1/models',
  },
  {
    provider: 'perplexity',
    responses: 'https://api.perplexity.ai/v1/responses',
  },
  {
    provider: 'cerebras',
    chat: 'https://api.cerebras.ai/v1/chat/completions',
    list: 'https://api.cerebras.ai/v1/models',
  },
  {
    provider: 'qwen',
    messages: 'https://dashscope-intl.aliyuncs.com/apps/anthropic/v1/messages',
    chat: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions',
    responses: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/responses',
    list: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/models',
  },
  {
    provider: 'qwen',
    options: { region: 'us' },
    messages: 'https://dashscope-us.aliyuncs.com/apps/anthropic/v1/messages',
    list: 'https://dashscope-us.aliyuncs.com/compatible-mode/v1/models',
  },
  {
    provider: 'qwen',
    options: { region: 'china', plan: 'coding' },
    messages: 'https://coding.dashscope.aliyuncs.com/apps/anthropic/v1/messages',
    chat: 'https://coding.dashscope.aliyuncs.com/v1/chat/completions',
    list: 'https://coding.dashscope.aliyuncs.com/v1/models',
  },
  {
    provider: 'qwen',
    options: { plan: 'token' },
    messages: 'https://token-plan.ap-southeast-1.maas.aliyuncs.com/apps/anthropic/v1/messages',
    responses: 'https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1/responses',
    list: 'https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1/models',
  },
  {
    provider: 'anthropic',
    messages: 'https://api.anthropic.com/v1/messages',
    list: 'https://api.anthropic.com/v1/models',
  },
  {
    provider: 'openai',
    chat: 'https://api.openai.com/v1/chat/completions',
    responses: 'https://api.openai.com/v1/responses',
    list: 'https://api.openai.com/v1/models',
  },
];

/** The variable from which each choice takes its key, of several that are set. */
const KEYS: readonly (readonly [string, Way['options'], string])[] = [
  ['minimax', { region: 'china' }, 'MINIMAX_CN_API_KEY'],
  ['minimax', {}, 'MINIMAX_API_KEY'],
  ['zai', { region: 'china', plan: 'coding' }, 'ZAI_CODING_CN_API_KEY'],
  ['zai', { region: 'china' }, 'ZHIPU_API_KEY'],
  ['zai', { plan: 'coding' }, 'ZAI_API_KEY'],
  ['qwen', {}, 'DASHSCOPE_API_KEY'],
  ['qwen', { plan: 'coding' }, 'ALIBABA_CODING_PLAN_API_KEY'],
  ['qwen', { plan: 'token', region: 'china' }, 'ALIBABA_TOKEN_PLAN_API_KEY'],
];

describe('profiles of the API vendors', () => {
  let providers: ReadonlyMap<string, Provider>;

  before(async () => {
    const options = { specVersion: 1 } as const;
    const all = [
      ...(await answerAnthropic(options)),
      ...(await answerCompatible(options)),
      ...(await answerOpenai(options)),
    ];
    providers = new Map(all.map((provider) => [provider.id, provider]));
  });

  function bind(profile: Partial<Profile>, keys: NodeJS.ProcessEnv = {}): BoundProfile {
    const profiles = [completeProfile({ name: 'p', api_key: 'secret', ...profile })];
    return bindProfile('p', { ...defaultConfiguration(), profiles }, { protocols: PROTOCOLS, providers }, keys);
  }

  for (const { provider, options = {}, list, ...urls } of WAYS)
    it(`reach ${[provider, ...Object.values(options)].join(' ')} at its addresses`, () => {
      for (const [way, url] of Object.entries(urls)) {
        const bound = bind({ provider, options, provider_type: TYPES[way as keyof typeof TYPES] });
        expect(composeRequest(bound, { operation: 'messages', model: 'm', body: '{}' })?.url).to.equal(url);
      }
      expect(composeRequest(bind({ provider, options }), { operation: 'models', model: '' })?.url).to.equal(list);
    });

  for (const [provider, options, variable] of KEYS)
    it(`take the key of ${[provider, ...Object.values(options ?? {})].join(' ')} from ${variable}`, () => {
      const keys = Object.fromEntries(KEYS.map(([, , name]) => [name, `key of ${name}`]));
      const { credential } = bind({ provider, ...(options && { options }), api_key: '' }, keys);
      expect(credential).to.include({ source: 'convention', variable });
    });

  it('reach each model of OpenRouter by the protocol that suits it', () => {
    const bound = bind({ provider: 'openrouter' });
    expect(forModel(bound, bound.models.default).protocol.id).to.equal('anthropic-messages');
    expect(forModel(bound, '~openai/gpt-sol-latest').protocol.id).to.equal('openai-chat');
    expect(forModel(bound, 'somebody/new-model').protocol.id).to.equal('openai-chat');
  });

  it('name the organization and the project of OpenAI only where they are known', () => {
    const headers = (profile: Partial<Profile>, keys = {}) =>
      composeRequest(bind({ provider: 'openai', ...profile }, keys), { operation: 'models', model: '' })?.headers;
    expect(headers({ options: { project: 'proj_1' } }, { OPENAI_ORG_ID: 'org-1' })).to.include({
      'openai-organization': 'org-1',
      'openai-project': 'proj_1',
    });
    expect(headers({})).to.not.have.any.keys('openai-organization', 'openai-project');
  });
});
