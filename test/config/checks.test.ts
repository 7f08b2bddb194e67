import { expect } from 'chai';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('checking keys and types', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function problemsIn(text: string, name = 'a.toml'): Promise<string> {
    return (await workspace.refusal({ configFile: workspace.write(name, text) })).message;
  }

  const single: readonly [what: string, text: string, problem: string][] = [
    ['a misspelt key', 'proxy_prot = 1', ':1:1: proxy_prot: unknown key, did you mean "proxy_port"?'],
    ['a key with dashes', 'log-level = "info"', ':1:1: log-level: unknown key, did you mean "log_level"?'],
    ['a key like no other', 'zzzzzzzz = 1', ':1:1: zzzzzzzz: unknown key'],
    ['a nested key', '[context.rag]\ntopk = 1', ':2:1: context.rag.topk: unknown key, did you mean "top_k"?'],
    [
      'a top-level key below a table',
      '[router]\nenabled = true\nproxy_port = 1',
      ':3:1: router.proxy_port: unknown key here, it belongs at the top',
    ],
    [
      'a profile key at the top',
      'backup_models = { a = "b" }',
      'backup_models: unknown key here, it belongs into an entry of [[profiles]]',
    ],
    [
      'a text for a number',
      'proxy_port = "1"',
      ':1:1: proxy_port: expected a whole number from 1 to 65535, got a text',
    ],
    ['port 0', 'proxy_port = 0', 'got the number 0'],
    ['port 65536', 'proxy_port = 65_536', 'expected a whole number from 1 to 65535, got the number 65536'],
    ['a fraction for a whole number', 'proxy_port = 1.5', 'expected a whole number from 1 to 65535, got a number'],
    ['infinity', '[timeouts]\nidle_s = inf', 'timeouts.idle_s: expected a number from 0 to 2000000'],
    ['a negative time', 'health_interval_s = -1', 'expected a number from 0 to 2000000, got the number -1'],
    ['a share above one', '[retry]\nbudget = 2', 'retry.budget: expected a number from 0 to 1, got the number 2'],
    ['a text for a truth value', 'proxy_allow_remote = "yes"', 'expected true or false, got a text'],
    ['a value for a table', 'router = true', 'router: expected a table of keys, got true'],
    ['a table for a list', '[profiles]\nname = "x"', 'profiles: expected a list, got a table'],
    ['a list for a text', 'claude_binary = ["claude"]', 'claude_binary: expected a text that is not empty, got a list'],
    ['a date for a text', 'claude_binary = 2024-01-01', 'claude_binary: expected a text that is not empty, got a date'],
    ['an empty text', 'claude_binary = " "', 'claude_binary: expected a text that is not empty'],
    [
      'an unknown level',
      'log_level = "infp"',
      'log_level: expected one of trace, debug, info, warn, error, did you mean "info"?',
    ],
    ['an unknown switch', 'hyperlinks = "sometimes"', 'hyperlinks: expected "auto", true or false'],
    ['a number in a map of texts', '[model_aliases]\na = 1', ':2:1: model_aliases.a: expected a text, got a number'],
    ['a token with a line break', 'proxy_token = "a\\nb"', 'proxy_token: expected printable ASCII characters'],
    [
      'a host with a port',
      'proxy_host = "localhost:1"',
      'proxy_host: expected a host name or an IP address without a port',
    ],
  ];
  for (const [what, text, problem] of single) {
    it(`reports ${what}`, async () => {
      const message = await problemsIn(text);
      expect(message).to.contain(problem);
      expect(message).to.match(/^invalid configuration: /);
    });
  }

  const inProfile: readonly [what: string, line: string, problem: string][] = [
    ['an unknown key', 'api_kye = "x"', ':5:1: profiles.p.api_kye: unknown key, did you mean "api_key"?'],
    ['a number as key', 'api_key = 1', ':5:1: profiles.p.api_key: expected a text, got a number'],
    [
      'a key in place of the name of its variable',
      'api_key_env = "sk-very-secret"',
      'api_key_env: expected the name of an environment variable',
    ],
    ['a number as token', 'custom_headers = { x-token = 5318008 }', 'custom_headers.x-token: expected a text'],
    ['a wrong auth_type', 'auth_type = "password"', 'auth_type: expected "api-key" or "oauth"'],
    ['a list with a number', 'strip_params = ["a", 1]', 'strip_params: expected "auto", "none", a list of names'],
    [
      'a backup that is no name',
      'backup_providers = ["a b"]',
      ':5:21: profiles.p.backup_providers[0]: expected a profile name',
    ],
    [
      'a header that is no name',
      'custom_headers = { "a b" = "x" }',
      'profiles.p.custom_headers.a…: the key must be the name of a header',
    ],
    [
      'a header with a line break',
      'custom_headers = { a = "x\\r\\nb: y" }',
      ':5:20: profiles.p.custom_headers.a: expected a text of one line',
    ],
    [
      'a variable that is no name',
      'extra_env = { "A=B" = "x" }',
      'the key must be the name of an environment variable',
    ],
    ['a negative priority', 'priority = -1', 'priority: expected a whole number from 0 on'],
    ['an unknown slot', 'models = { hiku = "x" }', ':5:12: profiles.p.models.hiku: unknown key, did you mean "haiku"?'],
    [
      'an unknown time limit',
      'timeouts = { idle = 1 }',
      'profiles.p.timeouts.idle: unknown key, did you mean "idle_s"?',
    ],
    ['options that are no table', 'options = "x"', 'profiles.p.options: expected a table of keys, got a text'],
    ['a date in the options', 'options = { since = 2024-01-01 }', 'profiles.p.options: contains a date'],
  ];
  for (const [what, line, problem] of inProfile) {
    it(`reports ${what} in a profile, and no value`, async () => {
      const message = await problemsIn(profile('p', line));
      expect(message)
        .to.contain(problem)
        .and.to.not.match(/secret|5318008/);
    });
  }

  for (const address of [
    'example.com',
    'ftp://example.com',
    'https://',
    'https://a b',
    'https://x.example/?a=b',
    'https://x.example/#a',
    '/v1',
  ]) {
    it(`refuses ${address} as base_url`, async () => {
      const text = `[[profiles]]\nname = "p"\nbase_url = "${address}"\ndefault_model = "m"`;
      expect(await problemsIn(text)).to.contain(':3:1: profiles.p.base_url: expected an address that starts with http');
    });
  }

  it('reports everything that is wrong in all files and in the environment at once', async () => {
    const global = workspace.write('global/config.toml', `proxy_prot = 1\n${profile('p', 'priority = "high"')}`);
    const project = workspace.write('project/claudex.yaml', 'timeouts:\n  idle_s: never\n');
    const { message, remedy } = await workspace.refusal({ environment: { CLAUDEX_PROXY_PORT: 'x' } });
    expect(message.split('\n').toSorted()).to.deep.equal([
      `  ${global}:1:1: proxy_prot: unknown key, did you mean "proxy_port"?`,
      `  ${global}:6:1: profiles.p.priority: expected a whole number from 0 on, got a text`,
      `  ${project}:2:3: timeouts.idle_s: expected a number from 0 to 2000000, got a text`,
      '  CLAUDEX_PROXY_PORT: proxy_port: expected a whole number from 1 to 65535, got a text',
      'invalid configuration, 4 problems:',
    ]);
    expect(remedy).to.contain('Correct them');
  });

  it('reports broken syntax beside the problems of other files, and nothing that only follows from it', async () => {
    const global = workspace.write('global/config.toml', `${profile('p')}\n= 1`);
    const project = workspace.write('project/claudex.toml', 'default_profile = "p"\nlog_level = 1');
    const { message } = await workspace.refusal();
    expect(message).to.contain(`${global}:6:`).and.to.contain(`${project}:2:1: log_level`);
    expect(message).to.not.contain('default_profile');
  });

  it('knows the places of keys in YAML', async () => {
    const text =
      'router: { enabled: 1 }\nprofiles:\n  - name: p\n    base_url: https://x.example\n    default_model: m\n    "api_kye": x\n  - {}\n';
    const message = await problemsIn(text, 'a.yaml');
    expect(message).to.contain('a.yaml:1:11: router.enabled: expected true or false');
    expect(message).to.contain('a.yaml:6:5: profiles.p.api_kye');
    expect(message).to.contain('a.yaml:7:5: profiles[1]: needs a "name"');
  });

  for (const key of [
    'gsk_Zm9vYmFyYmF6cXV4MTIzNDU2',
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5',
    'AIzaSyD9f2kLmNoPqRsTuVwXyZ0123456789abc',
    `k${'y'.repeat(64)}`,
    'sk-ant-api03-abc',
  ]) {
    it(`does not echo ${key} that was pasted where its variable should be named`, async () => {
      const message = await problemsIn(profile('p', `api_key_env = "${key}"`));
      expect(message).to.contain('profiles.p.api_key_env: expected the name of an environment variable');
      expect(message).to.not.contain(key.slice(4));
    });
  }

  it('takes every ordinary name for that of a variable', async () => {
    for (const name of [
      'OPENAI_API_KEY',
      'KEY',
      'my_openai_key_2',
      'hf_token',
      'xai_api_key_2',
      'A'.repeat(64),
      '_K1',
    ]) {
      await workspace.load({ configFile: workspace.write('a.toml', profile('p', `api_key_env = "${name}"`)) });
    }
  });

  it('shows of a key only what is an identifier: behind it may stand a secret', async () => {
    const message = await problemsIn('profiles:\n- {name: a, api_key:sk-verysecret}\n', 'a.yaml');
    expect(message).to.contain('a.yaml:2:13: profiles.a.api_key…: unknown key').and.to.not.contain('verysecret');
    expect(await problemsIn('"sk-a0b1c2d3e4f5a6b7c8d9" = 1')).to.contain(':1:1: …: unknown key');
    expect(await problemsIn(`${'k'.repeat(70)} = 1`)).to.contain('…: unknown key');
  });

  for (const address of [
    'https://user:verysecret@x.example',
    'https://verysecret@x.example/v1',
    'https:///verysecret@x.example',
    'https://@x.example',
  ]) {
    it(`refuses the login in ${address} and says where a key belongs`, async () => {
      const text = `[[profiles]]\nname = "p"\nbase_url = "${address}"\ndefault_model = "m"`;
      const message = await problemsIn(text);
      expect(message).to.contain(':3:1: profiles.p.base_url: ').and.to.contain('use api_key_env or custom_headers');
      expect(message).to.not.contain('verysecret');
    });
  }

  it('counts what it does not show', async () => {
    const message = await problemsIn(Array.from({ length: 1000 }, (_, n) => `nonsense_${n} = 1`).join('\n'));
    const lines = message.split('\n');
    expect(lines[0]).to.equal('invalid configuration, 1000 problems:');
    expect(lines).to.have.length(22);
    expect(lines.at(-1)).to.equal('  and 980 more');
  });

  it('makes what a file says harmless for the terminal', async () => {
    const message = await problemsIn('"red\\u001b[31m\\u202e" = 1');
    expect(message).to.contain(':1:1: red…: unknown key').and.to.not.contain('\u{1b}');
  });
});
