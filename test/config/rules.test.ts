import { expect } from 'chai';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('rules of the merged configuration', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  const refused: readonly [what: string, text: string, problem: string][] = [
    ['a profile named auto', profile('auto'), ':2:1: profiles.auto.name: "auto" is reserved for the router'],
    ['a name with a slash', profile('a/b'), 'name: expected a profile name'],
    ['a name of 65 characters', profile('a'.repeat(65)), 'name: expected a profile name'],
    [
      'an entry without a name',
      '[[profiles]]\nbase_url = "https://x.example"\ndefault_model = "m"',
      ':1:1: profiles[0]: needs a "name"',
    ],
    [
      'a name used twice in one file',
      `${profile('p')}${profile('p')}`,
      ':5:1: profiles.p: a second entry with this name in one file',
    ],
    [
      'a profile without base_url',
      '[[profiles]]\nname = "p"\ndefault_model = "m"',
      ':1:1: profiles.p.base_url: missing',
    ],
    [
      'a profile without default_model',
      '[[profiles]]\nname = "p"\nbase_url = "https://x.example"',
      ':1:1: profiles.p.default_model: missing',
    ],
    [
      'a profile with the login of somebody else and no address',
      '[[profiles]]\nname = "p"\noauth_provider = "gitlab"\ndefault_model = "m"',
      ':1:1: profiles.p.base_url: missing',
    ],
    ['oauth without a login', profile('p', 'auth_type = "oauth"'), 'profiles.p.oauth_provider: missing'],
    [
      'a slip in provider_type',
      profile('p', 'provider_type = "OpenAiCompatable"'),
      ':5:1: profiles.p.provider_type: unknown, did you mean "OpenAICompatible"?',
    ],
    [
      'an unknown default profile',
      `default_profile = "q1"\n${profile('q')}`,
      ':1:1: default_profile: there is no profile "q1"',
    ],
    [
      'a nearly known default profile',
      `default_profile = "grko"\n${profile('grok')}`,
      ':1:1: default_profile: there is no profile "grko", did you mean "grok"?',
    ],
    [
      'a default profile with quotes in it',
      `default_profile = "p"\n[router.rules]\ncode = '"p"'\n${profile('p')}`,
      ':3:1: router.rules.code: the quotes have become a part of the name: write p without them',
    ],
    [
      'an unknown backup',
      profile('p', 'backup_providers = ["p2", "q"]') + profile('p2'),
      ':5:27: profiles.p.backup_providers[1]: there is no profile "q"',
    ],
    [
      'an unknown backup model',
      profile('p', 'backup_models = { q = "m" }'),
      ':5:19: profiles.p.backup_models.q: there is no profile "q"',
    ],
    [
      'a profile as its own backup',
      profile('p', 'backup_providers = ["p"]'),
      'profiles.p.backup_providers[0]: a profile cannot be its own backup',
    ],
    ['a built-in as backup', profile('p', 'backup_providers = ["demo"]'), '"demo" is built in and cannot be used here'],
    ['a built-in as default', 'default_profile = "local"', '"local" is built in and cannot be used here'],
    ['an unknown classifier', '[router]\nprofile = "q"', ':2:1: router.profile: there is no profile "q"'],
    ['an unknown router target', '[router.rules]\ncode = "q"', ':2:1: router.rules.code: there is no profile "q"'],
    [
      'an unknown profile for summaries',
      '[context.compression]\nprofile = "q"',
      'context.compression.profile: there is no profile "q"',
    ],
    [
      'an unknown profile for embeddings',
      '[context.rag]\nprofile = "q"',
      'context.rag.profile: there is no profile "q"',
    ],
    ['the router word as a target', '[router.rules]\ncode = "auto"', 'router.rules.code: there is no profile "auto"'],
    ['an address others can reach', 'proxy_host = "0.0.0.0"', ':1:1: proxy_host: others could reach the proxy there'],
    ['the same in IPv6', 'proxy_host = "::"', ':1:1: proxy_host: others could reach the proxy there'],
    [
      'a name that only begins like loopback',
      'proxy_host = "127.0.0.1.example.com"',
      'others could reach the proxy there',
    ],
  ];
  for (const [what, text, problem] of refused) {
    it(`refuse ${what}`, async () => {
      const error = await workspace.refusal({ configFile: workspace.write('a.toml', text) });
      expect(error).to.include({ exitCode: 2, code: 'config-invalid' });
      expect(error.message).to.contain(problem);
      expect(error.message).to.match(/^invalid configuration: /);
    });
  }

  const accepted: readonly [what: string, text: string][] = [
    ['a profile named demo that is used as backup', profile('demo') + profile('p', 'backup_providers = ["demo"]')],
    ['a profile that only names its provider', '[[profiles]]\nname = "p"\nprovider = "openai"'],
    ['a profile that leaves everything to the login of claude', '[[profiles]]\nname = "p"\noauth_provider = "claude"'],
    ['names with dots, dashes and underscores', profile('a.B-c_9') + profile('a'.repeat(64))],
    ['a disabled backup', profile('p', 'backup_providers = ["q"]') + profile('q', 'enabled = false')],
    ['a provider_type of a plugin', profile('p', 'provider_type = "BedrockConverse"')],
    ['an open address that was permitted', 'proxy_host = "0.0.0.0"\nproxy_allow_remote = true'],
    ['loopback in brackets', 'proxy_host = "[::1]"'],
    ['another loopback address', 'proxy_host = "127.8.9.10"'],
    ['localhost', 'proxy_host = "localhost"'],
    ['empty texts where no profile is named', '[router]\nprofile = ""\n[context.rag]\nprofile = ""'],
  ];
  for (const [what, text] of accepted) {
    it(`accept ${what}`, async () => {
      await workspace.load({ configFile: workspace.write('a.toml', text) });
    });
  }

  it('name the file a profile was begun in, also when another one goes on with it', async () => {
    const global = workspace.write('global/config.toml', '\n[[profiles]]\nname = "p"\ndefault_model = "m"');
    const named = workspace.write('more.toml', `${profile('q')}[[profiles]]\nname = "p"\nbackup_providers = ["r"]`);
    const { message } = await workspace.refusal({ environment: { CLAUDEX_CONFIG: named } });
    expect(message).to.contain(`${global}:2:1: profiles.p.base_url: missing`);
    expect(message).to.contain(`${named}:7:21: profiles.p.backup_providers[0]: there is no profile "r"`);
  });

  it('let one file complete the profile of another', async () => {
    workspace.write('global/config.toml', '[[profiles]]\nname = "p"\ndefault_model = "m"');
    const named = workspace.write('more.toml', '[[profiles]]\nname = "p"\nbase_url = "https://x.example"');
    const { values } = await workspace.load({ environment: { CLAUDEX_CONFIG: named } });
    expect(values.profiles[0]).to.include({
      base_url: 'https://x.example',
      default_model: 'm',
      provider_type: 'DirectAnthropic',
    });
  });

  it('do not ask for what was given with a wrong type', async () => {
    const text = '[[profiles]]\nname = "p"\nbase_url = 1\ndefault_model = "m"';
    const { message } = await workspace.refusal({ configFile: workspace.write('a.toml', text) });
    expect(message).to.contain('expected an address').and.to.not.contain('missing');
  });
});
