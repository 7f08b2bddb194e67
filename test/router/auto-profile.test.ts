import { expect } from 'chai';
import type { Configuration } from '../../src/config/index.ts';
import { autoProfile, involvedProfiles, profileToRun } from '../../src/router/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { registryOf } from '../support/registry.ts';

const profile = (name: string, more = ''): string =>
  `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n${more}\n`;
const router = (enabled: boolean): string =>
  `[router]\nenabled = ${enabled}\nprofile = "a"\nrules = { default = "b" }\n`;

describe('what "auto" stands for', () => {
  const served = async (toml: string): Promise<string> => autoProfile(await configurationFrom(toml)).name;

  it('is the rule "default" while the router is on', async () => {
    expect(await served(router(true) + profile('a', 'priority = 1') + profile('b'))).to.equal('b');
  });

  it('is the default profile while the router is off, or has no such rule', async () => {
    const profiles = profile('a') + profile('b') + profile('c', 'priority = 1');
    expect(await served(router(false) + profiles)).to.equal('c');
    expect(await served(`default_profile = "a"\n${router(false)}${profiles}`)).to.equal('a');
    expect(await served(`[router]\nenabled = true\nprofile = "a"\n${profiles}`)).to.equal('c');
  });

  it('is nothing when no profile is enabled, and the remedy says what to do', async () => {
    for (const toml of ['', profile('off', 'enabled = false')]) {
      const error = await refusalOf(served(toml));
      expect(error).to.include({ code: 'no-default-profile', exitCode: 1 });
      expect(error.remedy).to.include('claudex profile add');
    }
  });
});

describe('the profiles that have a part in a run', () => {
  const names = (name: string, configuration: Configuration): string[] =>
    involvedProfiles(name, configuration).map((each) => each.name);

  it('are the profile and its backups, for "auto" every enabled one', async () => {
    const configuration = await configurationFrom(
      profile('a', 'backup_providers = ["off"]') +
        profile('b') +
        profile('off', 'enabled = false') +
        profile('no', 'enabled = false'),
    );
    expect(names('a', configuration)).to.deep.equal(['a', 'off']);
    expect(names('auto', configuration)).to.deep.equal(['a', 'b', 'off']);
    expect(names('demo', configuration)).to.deep.equal([]);
  });
});

describe('the profile to run', () => {
  const find = async (name: string, toml: string) =>
    profileToRun(name, await configurationFrom(toml), registryOf(), {});

  it('is bound, with everybody who may serve its requests', async () => {
    const found = await find(
      'auto',
      router(true) + profile('a') + profile('b', 'backup_providers = ["lost"]') + profile('lost'),
    );
    if (found.direct) throw new Error('it is not direct');
    expect(found.bound.profile.name).to.equal('b');
    expect(found.involved.map((bound) => bound.profile.name)).to.deep.equal(['b', 'a', 'lost']);
  });

  it('leaves out a backup that cannot be bound', async () => {
    const found = await find(
      'a',
      profile('a', 'backup_providers = ["strange"]') + profile('strange', 'provider = "unknown"'),
    );
    expect(found.direct ? [] : found.involved.map((bound) => bound.profile.name)).to.deep.equal(['a']);
  });

  it('needs no proxy where claude logs in itself', async () => {
    const own =
      '[[profiles]]\nname = "max"\nauth_type = "oauth"\noauth_provider = "claude"\nbase_url = "https://api.anthropic.com"\ndefault_model = "opus"\n';
    expect(await find('auto', own)).to.include({ direct: true });
  });

  it('is neither disabled nor without its key nor unknown, and the nearest name is proposed', async () => {
    const toml = profile('grok', 'api_key_env = "NO_SUCH_KEY"') + profile('off', 'enabled = false');
    expect(await refusalOf(find('off', toml))).to.include({ code: 'profile-disabled' });
    expect(await refusalOf(find('grok', toml))).to.include({ code: 'credential-missing' });
    const unknown = await refusalOf(find('gork', toml));
    expect(unknown).to.include({ code: 'profile-not-found', exitCode: 1 });
    expect(unknown.message).to.include('did you mean "grok"?');
  });
});
