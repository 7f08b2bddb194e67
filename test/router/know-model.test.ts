import { expect } from 'chai';
import type { Protocol, Provider } from '@claudex/sdk';
import { bindProfile, knowModel, type KnownModel } from '../../src/router/index.ts';
import { configurationFrom } from '../support/configuration.ts';

const chat = {
  specVersion: 1,
  id: 'openai-chat',
  title: 'Chat',
  providerTypes: ['OpenAICompatible'],
} as unknown as Protocol;

const vendor: Provider = {
  specVersion: 1,
  id: 'vendor',
  title: 'Vendor',
  protocol: 'openai-chat',
  baseUrl: 'https://api.vendor.test/v1',
  models: { default: 'big' },
  knownModels: [
    { id: 'big', contextWindow: 200_000, maxOutputTokens: 32_000, quirks: { images: false, topK: true } },
    { id: 'long', contextWindow: 1_050_000, maxInputTokens: 922_000 },
  ],
  quirks: { images: true, documents: 'file' },
};

async function known(model: string, more = ''): Promise<KnownModel> {
  const toml = `[[profiles]]\nname = "v"\nprovider = "vendor"\n${more}`;
  const descriptors = { protocols: new Map([[chat.id, chat]]), providers: new Map([[vendor.id, vendor]]) };
  return knowModel(bindProfile('v', await configurationFrom(toml), descriptors, {}), model);
}

describe('what is known about a model', () => {
  it('is what its provider lists, with the quirks of the model over those of the provider', async () => {
    const { facts, quirks } = await known('big');
    expect(facts).to.include({ id: 'big', contextWindow: 200_000, maxOutputTokens: 32_000 });
    expect(quirks).to.deep.equal({ images: false, documents: 'file', topK: true });
  });

  it('has signed reasoning at the address of Anthropic, unless the profile says otherwise, and nowhere else', async () => {
    const at = async (url: string, more = '') => (await known('big', `base_url = "${url}"\n${more}`)).quirks;
    expect(await at('https://api.anthropic.com/v1')).to.include({ signedThinking: true });
    const own = '[profiles.quirks]\nsignedThinking = false\n';
    expect(await at('https://api.anthropic.com/v1', own)).to.include({ signedThinking: false });
    for (const url of ['https://anthropic.com.vendor.test', 'https://api.vendor.test/anthropic'])
      expect(await at(url)).not.to.have.property('signedThinking');
  });

  it('has the longest prompt only beside the window that it belongs to', async () => {
    expect((await known('long')).facts).to.include({ contextWindow: 1_050_000, maxInputTokens: 922_000 });
    expect((await known('long', 'context_window = 2000000')).facts).not.to.have.property('maxInputTokens');
  });

  it('is overridden by the profile, key by key', async () => {
    const { facts, quirks } = await known(
      'big',
      'context_window = 1000\nmax_output_tokens = 10\n[profiles.quirks]\nimages = true\n',
    );
    expect(facts).to.include({ contextWindow: 1_000, maxOutputTokens: 10 });
    expect(quirks).to.deep.equal({ images: true, documents: 'file', topK: true });
    expect((await known('big', 'max_output_tokens = 10\n')).facts).to.include({ contextWindow: 200_000 });
  });

  it('is only what the profile says where the provider lists nothing', async () => {
    expect((await known('other', 'context_window = 1000\n')).facts).to.deep.equal({
      id: 'other',
      contextWindow: 1_000,
    });
  });

  it('is nothing where nobody says anything', async () => {
    const { facts, quirks } = await known('other');
    expect(facts).to.equal(undefined);
    expect(quirks).to.deep.equal(vendor.quirks);
  });
});
