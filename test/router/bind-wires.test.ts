import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import { defineProvider, type Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration, type Profile } from '../../src/config/index.ts';
import {
  bindProfile,
  composeRequest,
  forModel,
  knowModel,
  resolveModel,
  type BoundProfile,
} from '../../src/router/index.ts';
import { refusalOf } from '../support/refusal-of.ts';

const PROVIDER = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'anthropic-messages',
  keyVariables: ['ACME_KEY'],
  models: { default: 'middle', haiku: 'small' },
  quirks: { topK: true, images: true },
  options: {
    region: {
      meaning: 'region of the account',
      choices: { world: 'everywhere', china: 'mainland China' },
      default: 'world',
    },
    plan: { meaning: 'plan', choices: { usage: 'by usage', coding: 'coding plan' }, default: 'usage' },
    account: { meaning: 'id of the account', variables: ['ACME_ACCOUNT'] },
  },
  endpoints: [
    {
      when: { region: 'china' },
      bases: { 'anthropic-messages': 'https://acme.cn/anthropic', 'openai-chat': 'https://acme.cn/v1' },
      modelList: 'https://acme.cn/v1/models',
      keyVariables: ['ACME_CN_KEY'],
      models: { default: 'middle-cn' },
    },
    { when: { plan: 'coding' }, bases: { 'openai-chat': 'https://acme.dev/{account}/v1' }, modelList: 'none' },
    {
      bases: {
        'anthropic-messages': 'https://acme.dev/anthropic',
        'openai-chat': 'https://acme.dev/v1',
        'openai-responses': 'https://api.acme.dev/v1',
      },
      modelList: 'https://acme.dev/v1/models',
    },
  ],
  wires: {
    'openai-chat': {
      quirks: { topK: false, maxStopSequences: 2 },
      headers: { 'x-wire': 'chat' },
      authenticate: (key) => ({ 'x-chat-key': key }),
      endpoint: (operation, model, { stream }) =>
        operation === 'messages' ? `/${model}/${stream ? 'stream' : 'whole'}` : undefined,
    },
  },
  knownModels: [
    { id: 'small', protocol: 'openai-chat', modalities: { input: ['text'], output: ['text'] } },
    { id: 'large', protocol: 'openai-responses' },
    { id: 'odd', protocol: 'unheard-of' },
  ],
});

const PROTOCOLS = new Map([anthropicMessages, openaiChat, openaiResponses].map((protocol) => [protocol.id, protocol]));

function bind(
  profile: Partial<Profile> = {},
  keys: NodeJS.ProcessEnv = {},
  provider: Provider = PROVIDER,
): BoundProfile {
  const whole = completeProfile({ name: 'p', provider: 'acme', api_key: 'secret', ...profile });
  const configuration = { ...defaultConfiguration(), profiles: [whole] };
  return bindProfile('p', configuration, { protocols: PROTOCOLS, providers: new Map([['acme', provider]]) }, keys);
}

const url = (bound: BoundProfile, operation: 'messages' | 'models' = 'messages', model = 'middle', stream = false) =>
  composeRequest(bound, { operation, model, stream })?.url;

describe('a provider with several addresses', () => {
  it('is reached by its own protocol, and has its list of models elsewhere', () => {
    const bound = bind();
    expect(bound).to.include({ baseUrl: 'https://acme.dev/anthropic', homeUrl: 'https://acme.dev/anthropic' });
    expect(url(bound)).to.equal('https://acme.dev/anthropic/v1/messages');
    expect(url(bound, 'models')).to.equal('https://acme.dev/v1/models');
  });

  it('follows the options to another region, with the key and the models of that region', () => {
    const bound = bind({ options: { region: 'china' }, api_key: '' }, { ACME_CN_KEY: 'cn', ACME_KEY: 'world' });
    expect(url(bound)).to.equal('https://acme.cn/anthropic/v1/messages');
    expect(bound.credential).to.include({ source: 'convention', value: 'cn', variable: 'ACME_CN_KEY' });
    expect(bound.models).to.include({ default: 'middle-cn', haiku: 'small' });
  });

  it('takes another protocol where a plan does not have its own, puts options into the address, and may have no list', () => {
    const bound = bind({ options: { plan: 'coding', account: 'a1' } });
    expect(bound.protocol.id).to.equal('openai-chat');
    expect(bound.baseUrl).to.equal('https://acme.dev/a1/v1');
    expect(composeRequest(bound, { operation: 'models', model: '' })).to.equal(undefined);
    const elsewhere = { baseUrl: 'https://elsewhere.dev' };
    expect(composeRequest(bound, { operation: 'models', model: '' }, elsewhere)).to.equal(undefined);
  });

  it('takes an option from the environment where the profile does not say it', () => {
    const keys = { ACME_ACCOUNT: ' from-shell ' };
    expect(bind({ options: { plan: 'coding' } }, keys).baseUrl).to.equal('https://acme.dev/from-shell/v1');
    expect(bind({ options: { plan: 'coding', account: 'own' } }, keys).baseUrl).to.equal('https://acme.dev/own/v1');
  });

  it('speaks the protocol that the profile insists on, with whatever model', () => {
    const bound = bind({ provider_type: 'OpenAIResponses' });
    expect(bound.baseUrl).to.equal('https://api.acme.dev/v1');
    expect(forModel(bound, 'small')).to.equal(bound);
  });

  it('says what is missing, unknown or impossible', async () => {
    const refused = (profile: Partial<Profile>) => refusalOf((async () => bind(profile))());
    expect(await refused({ options: { plan: 'coding' } })).to.include({ code: 'option-missing', exitCode: 2 });
    expect((await refused({ options: { plan: 'coding' } })).remedy).to.contain('ACME_ACCOUNT');
    expect(await refused({ options: { regoin: 'china' } })).to.include({ code: 'option-unknown', exitCode: 2 });
    expect((await refused({ options: { regoin: 'china' } })).remedy).to.contain('"region"');
    expect((await refused({ options: { region: 'mars' } })).remedy).to.contain('china (mainland China)');
    expect(await refused({ options: { region: 'mars' } })).to.include({ code: 'option-unusable' });
    expect(await refused({ options: { account: '../x' } })).to.include({ code: 'option-unusable' });
    const inHost: Provider = {
      ...PROVIDER,
      endpoints: [{ bases: { 'anthropic-messages': 'https://{account}.acme.dev' } }],
    };
    const unfit = await refusalOf((async () => bind({ options: { account: 'other.dev:443' } }, {}, inHost))());
    expect(unfit).to.include({ code: 'option-unusable', exitCode: 2, remedy: 'Correct options.account.' });
    const spoken = await refused({ options: { region: 'china' }, provider_type: 'OpenAIResponses' });
    expect(spoken).to.include({ code: 'protocol-not-spoken', exitCode: 2 });
    expect(spoken.remedy).to.contain('openai-chat');
  });
});

describe("a profile's own address", () => {
  it('takes all addresses along to another host where the path is the same', () => {
    const bound = bind({ base_url: 'http://127.0.0.1:9/anthropic/' });
    expect(url(bound)).to.equal('http://127.0.0.1:9/anthropic/v1/messages');
    expect(url(bound, 'models')).to.equal('http://127.0.0.1:9/v1/models');
    expect(url(forModel(bound, 'small'), 'messages', 'small')).to.equal('http://127.0.0.1:9/v1/small/whole');
  });

  it('leaves out what is on a host that it says nothing about', () => {
    const bound = bind({ base_url: 'http://127.0.0.1:9/anthropic' });
    expect(forModel(bound, 'large')).to.equal(bound);
  });

  it('serves every model by one protocol where it has a path of its own, and has its list below', () => {
    const bound = bind({ base_url: 'http://127.0.0.1:9/gateway' });
    expect(forModel(bound, 'small')).to.equal(bound);
    expect(url(bound, 'models')).to.equal('http://127.0.0.1:9/gateway/v1/models');
  });

  it('needs no option that only the address of the vendor needs', () => {
    const bound = bind({ options: { plan: 'coding' }, base_url: 'http://127.0.0.1:9/v1' });
    expect(bound.baseUrl).to.equal('http://127.0.0.1:9/v1');
  });
});

describe('a provider of which only a connection says the address', () => {
  const { endpoints: _none, ...rest } = PROVIDER;
  const connecting = defineProvider({
    ...rest,
    async connect() {
      return { headers: {} };
    },
  });

  it('is bound without one, in every protocol that it says something about', () => {
    const bound = bind({}, {}, connecting);
    expect(bound).to.not.have.any.keys('baseUrl', 'homeUrl');
    expect([...bound.wires.keys()]).to.deep.equal(['anthropic-messages', 'openai-chat']);
    const reach = { baseUrl: 'https://given.example', headers: { authorization: 'Bearer given' } };
    const call = composeRequest(forModel(bound, 'small'), { operation: 'messages', model: 'small' }, reach);
    expect(call?.url).to.equal('https://given.example/small/whole');
    expect(call?.headers).to.include({ authorization: 'Bearer given' }).and.not.have.property('x-chat-key');
  });

  it('has one protocol where the profile insists on it or says the address itself', () => {
    for (const profile of [{ provider_type: 'OpenAICompatible' }, { base_url: 'https://own.example' }])
      expect(bind(profile, {}, connecting).wires.size).to.equal(1);
  });
});

describe('a model that is reached by another protocol than its profile', () => {
  it('has the address, the headers, the key and the quirks of that protocol', () => {
    const bound = forModel(bind(), 'small');
    expect(bound.protocol.id).to.equal('openai-chat');
    expect(bound.homeUrl).to.equal('https://acme.dev/anthropic');
    const request = composeRequest(bound, { operation: 'messages', model: 'small', stream: true, body: '{}' });
    expect(request?.url).to.equal('https://acme.dev/v1/small/stream');
    expect(request?.headers).to.include({ 'x-wire': 'chat', 'x-chat-key': 'secret' });
    expect(request?.headers).to.not.have.property('x-api-key');
    expect(knowModel(bound, 'small').quirks).to.deep.include({ topK: false, maxStopSequences: 2, images: false });
  });

  it('is the same object for every model of that protocol, so that what is kept by it is kept', () => {
    const bound = bind();
    expect(forModel(bound, 'small')).to.equal(forModel(bound, 'small'));
    expect(forModel(bound, 'small')).to.not.equal(bound);
  });

  it('stays with the profile where nobody brings that protocol, or nothing is known of it', () => {
    const bound = bind();
    expect(forModel(bound, 'odd')).to.equal(bound);
    expect(forModel(bound, 'never-heard-of')).to.equal(bound);
  });
});

describe("a name of one of Claude's models", () => {
  const host = (slots: Provider['models']): BoundProfile => {
    const knownModels = [{ id: 'claude-opus-4.8' }, { id: 'claude-opus-5.5' }, { id: 'gpt' }];
    return bind({}, {}, defineProvider({ ...PROVIDER, models: slots, knownModels, options: {} }));
  };

  it('is taken as it is where the provider has that very model, and serves Claude', () => {
    const bound = host({ default: 'claude-opus-5.5', opus: 'claude-opus-5.5' });
    expect(resolveModel('claude-opus-4.8', bound, {})).to.deep.equal({ model: 'claude-opus-4.8', reason: 'named' });
    expect(resolveModel('claude-opus-4-8', bound, {})).to.deep.equal({ model: 'claude-opus-5.5', reason: 'slot' });
  });

  it('stands for the slot where other models are in the slots', () => {
    const bound = host({ default: 'gpt', opus: 'gpt' });
    expect(resolveModel('claude-opus-4.8', bound, {})).to.include({ model: 'gpt', reason: 'slot' });
  });
});
