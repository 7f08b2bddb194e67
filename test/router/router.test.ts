import { expect } from 'chai';
import type { Protocol, Provider } from '@claudex/sdk';
import {
  bindProfile,
  defaultProfile,
  requireCredential,
  resolveModel,
  splitProfileFromModel,
  type BoundProfile,
} from '../../src/router/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { refusalOf } from '../support/refusal-of.ts';

const protocol = (id: string, providerTypes: string[]): Protocol => ({
  specVersion: 1,
  id,
  title: id,
  providerTypes,
  endpoint: () => '/',
  authenticate: () => ({}),
  encodeRequest: () => ({ body: {}, losses: [] }),
  decodeResponse: () => ({ fault: { kind: 'server', message: '', retryable: false } }),
  decodeStream: () => ({ push: () => [], end: () => [] }),
  decodeFault: () => ({ kind: 'server', message: '', retryable: false }),
});

const vendor: Provider = {
  specVersion: 1,
  id: 'vendor',
  title: 'Vendor',
  protocol: 'openai-chat',
  baseUrl: 'https://api.vendor.test/v1/',
  keyVariables: ['VENDOR_KEY', 'OLD_VENDOR_KEY'],
  models: { default: 'big', haiku: 'small' },
  quirks: { maxOutputTokensField: 'max_completion_tokens', images: false },
};
const demo: Provider = {
  ...vendor,
  id: 'demo',
  start: async () => ({ baseUrl: '', credential: '', stop: async () => undefined }),
};
const descriptors = {
  protocols: new Map(
    [protocol('anthropic-messages', ['DirectAnthropic']), protocol('openai-chat', ['OpenAICompatible'])].map((each) => [
      each.id,
      each,
    ]),
  ),
  providers: new Map([vendor, demo].map((each) => [each.id, each])),
};

async function bind(name: string, toml: string, environment: NodeJS.ProcessEnv = {}): Promise<BoundProfile> {
  return bindProfile(name, await configurationFrom(toml), descriptors, environment);
}

const VENDOR = '[[profiles]]\nname = "v"\nprovider = "vendor"\n';
const OWN =
  '[[profiles]]\nname = "own"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9/v1/"\ndefault_model = "m"\n';

describe('binding a profile', () => {
  it('fills in what the provider brings', async () => {
    const bound = await bind('v', VENDOR);
    expect(bound.baseUrl).to.equal('https://api.vendor.test/v1');
    expect(bound.models).to.deep.equal({ default: 'big', haiku: 'small' });
    expect(bound.protocol.id).to.equal('openai-chat');
  });

  it('lets the profile override single models, quirks and clocks', async () => {
    const bound = await bind(
      'v',
      `${VENDOR}default_model = "mine"\n[profiles.models]\nopus = "huge"\n[profiles.quirks]\nimages = true\n[profiles.timeouts]\nidle_s = 7\n`,
    );
    expect(bound.models).to.deep.equal({ default: 'mine', haiku: 'small', opus: 'huge' });
    expect(bound.quirks).to.deep.equal({ maxOutputTokensField: 'max_completion_tokens', images: true });
    expect(bound.timeouts).to.include({ idle_s: 7, connect_s: 10 });
  });

  it('takes a profile without provider as its own provider, known by its address', async () => {
    const bound = await bind('own', OWN);
    expect(bound.provider.id).to.equal('http://127.0.0.1:9/v1');
    expect(bound.credential).to.deep.equal({ source: 'none' });
    expect(() => requireCredential(bound)).not.to.throw();
  });

  it('keeps the id of a named provider whose address the profile changes', async () => {
    const bound = await bind('v', `${VENDOR}base_url = "https://elsewhere.test/v1"\n`);
    expect(bound.provider.id).to.equal('vendor');
    expect(bound.baseUrl).to.equal('https://elsewhere.test/v1');
  });

  it('finds the built-in demo, and prefers a configured profile of that name', async () => {
    expect((await bind('demo', '')).builtIn).to.equal(true);
    expect((await bind('demo', OWN.replace('"own"', '"demo"'))).builtIn).to.equal(false);
  });

  it('names what is missing', async () => {
    expect(await refusalOf(bind('x', VENDOR))).to.have.property('code', 'profile-not-found');
    expect(await refusalOf(bind('p', VENDOR.replace('"v"', '"p"').replace('vendor', 'nobody')))).to.have.property(
      'code',
      'provider-not-found',
    );
    expect(await refusalOf(bind('own', OWN.replace('OpenAICompatible', 'Carrier Pigeon')))).to.have.property(
      'code',
      'protocol-not-found',
    );
  });

  it('looks for the key in the profile, the variable it names, and the conventional ones, in that order', async () => {
    const environment = { VENDOR_KEY: 'conventional', MINE: 'named' };
    const key = async (toml: string, given: NodeJS.ProcessEnv = environment) =>
      (await bind('v', toml, given)).credential;
    expect(await key(`${VENDOR}api_key = "own"\napi_key_env = "MINE"\n`)).to.deep.equal({
      source: 'profile',
      value: 'own',
    });
    expect(await key(`${VENDOR}api_key_env = "MINE"\n`)).to.deep.equal({
      source: 'api_key_env',
      value: 'named',
      variable: 'MINE',
    });
    expect(await key(VENDOR)).to.deep.equal({ source: 'convention', value: 'conventional', variable: 'VENDOR_KEY' });
    expect(await key(VENDOR, { OLD_VENDOR_KEY: 'old' })).to.deep.equal({
      source: 'convention',
      value: 'old',
      variable: 'OLD_VENDOR_KEY',
    });
  });

  it('does not fall back to a conventional variable when the profile names one that is not set', async () => {
    const bound = await bind('v', `${VENDOR}api_key_env = "MINE"\n`, { VENDOR_KEY: 'conventional' });
    expect(bound.credential).to.deep.equal({ source: 'none', variable: 'MINE' });
    expect(() => requireCredential(bound)).to.throw('MINE is not set');
  });
});

describe('resolving the model of a request', () => {
  const cases: [asked: string, model: string, reason: string][] = [
    ['big', 'big', 'named'],
    ['small', 'small', 'named'],
    ['claude-via-v/small', 'small', 'named'],
    ['quick', 'small', 'alias'],
    ['gpt-x', 'gpt-x', 'as-given'],
    ['claude-haiku-5-5', 'small', 'slot'],
    ['haiku', 'small', 'slot'],
    ['claude-opus-5-5', 'huge', 'slot'],
    ['claude-fable-5-2', 'huge', 'slot'],
    ['claude-sonnet-5', 'big', 'default'],
    ['claude-something-new', 'big', 'default'],
  ];
  for (const [asked, model, reason] of cases) {
    it(`asks for ${model} (${reason}) when the client names ${asked}`, async () => {
      const bound = await bind('v', `${VENDOR}[profiles.models]\nopus = "huge"\n`);
      expect(resolveModel(asked, bound, { quick: 'small' })).to.deep.equal({ model, reason });
    });
  }

  it('leaves Claude names alone where the upstream is Anthropic', async () => {
    const bound = await bind(
      'a',
      '[[profiles]]\nname = "a"\nbase_url = "https://api.anthropic.com"\ndefault_model = "claude-x"\n',
    );
    expect(resolveModel('claude-opus-5-5', bound, {})).to.deep.equal({ model: 'claude-opus-5-5', reason: 'as-given' });
    expect(resolveModel('opus', bound, {}).reason).to.equal('as-given');
  });
});

describe('choosing the profile of a request that names none', () => {
  const profiles = (...entries: string[]): string =>
    entries.map((entry) => `[[profiles]]\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n${entry}\n`).join('');

  it('takes default_profile, else the lowest priority, else the first in the file', async () => {
    const listed = profiles(
      'name = "a"',
      'name = "b"\npriority = 5',
      'name = "c"\npriority = 5',
      'name = "off"\npriority = 1\nenabled = false',
    );
    expect(defaultProfile(await configurationFrom(`default_profile = "c"\n${listed}`)).name).to.equal('c');
    expect(defaultProfile(await configurationFrom(listed)).name).to.equal('b');
  });

  it('says so when there is none', async () => {
    expect(await refusalOf(configurationFrom('').then(defaultProfile))).to.have.property('code', 'no-default-profile');
  });

  it('splits profile/model only where the first part is a profile', async () => {
    const configuration = await configurationFrom(profiles('name = "a"'));
    expect(splitProfileFromModel('a/x/y', configuration)).to.deep.equal({ profile: 'a', model: 'x/y' });
    expect(splitProfileFromModel('claude-via-a/x', configuration)).to.deep.equal({ profile: 'a', model: 'x' });
    expect(splitProfileFromModel('openai/gpt', configuration)).to.deep.equal({ model: 'openai/gpt' });
    expect(splitProfileFromModel('plain', configuration)).to.deep.equal({ model: 'plain' });
  });
});
