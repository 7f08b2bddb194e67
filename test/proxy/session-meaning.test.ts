import { defineProvider } from '@claudex/sdk';
import { expect } from 'chai';
import { ProfileDirectory, type Scope } from '../../src/proxy/profile-directory.ts';
import { meaningOf } from '../../src/proxy/session-meaning.ts';
import { loadedFrom } from '../support/configuration.ts';
import { registryOf } from '../support/registry.ts';

const ACME = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  keyVariables: ['ACME_KEY'],
  models: { default: 'large' },
  options: { host: { meaning: 'host', variables: ['ACME_HOST'], default: 'usual' } },
  endpoints: [{ bases: { 'openai-chat': 'https://{host}.acme.example/v1' } }],
});

describe('what a session means by a profile', () => {
  const scopeOf = async (keys: NodeJS.ProcessEnv): Promise<Scope> => {
    const { values } = await loadedFrom('[[profiles]]\nname = "p"\nprovider = "acme"\n');
    return { configuration: values, keys };
  };
  const meaning = async (keys: NodeJS.ProcessEnv): Promise<string> => {
    const scope = await scopeOf(keys);
    return meaningOf('p', scope, new ProfileDirectory(scope, registryOf([ACME])));
  };

  it('is the same for the same keys and options, and nobody else is told another', async () => {
    const keys = { ACME_KEY: 'k', ACME_HOST: 'eu', UNRELATED: 'x' };
    expect(await meaning(keys)).to.equal(await meaning({ ...keys, UNRELATED: 'y' }));
  });

  it('differs by the key, and by an option that only a variable says', async () => {
    const usual = await meaning({ ACME_KEY: 'k' });
    expect(await meaning({ ACME_KEY: 'other' })).to.not.equal(usual);
    expect(await meaning({ ACME_KEY: 'k', ACME_HOST: 'eu' })).to.not.equal(usual);
    expect(await meaning({ ACME_KEY: 'k', ACME_HOST: 'usual' })).to.equal(usual);
  });
});
