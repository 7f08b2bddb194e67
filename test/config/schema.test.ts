import { expect } from 'chai';
import { completeProfile, defaultConfiguration } from '../../src/config/index.ts';
import type { Kind } from '../../src/config/kinds.ts';
import { documentKind } from '../../src/config/schema.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('the keys of the configuration', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  it('have these defaults', async () => {
    expect((await workspace.load()).values).to.deep.equal({
      claude_binary: 'claude',
      proxy_port: 13_456,
      proxy_host: '127.0.0.1',
      proxy_allow_remote: false,
      proxy_idle_shutdown_s: 0,
      proxy_max_streams: 1024,
      proxy_max_body_mb: 32,
      log_level: 'info',
      hyperlinks: 'auto',
      model_aliases: {},
      profiles: [],
      router: { enabled: false, profile: '', model: '', rules: {} },
      context: {
        compression: { enabled: false, threshold_tokens: 50_000, keep_recent: 10, profile: '', model: '' },
        sharing: { enabled: false, max_context_size: 2000 },
        rag: { enabled: false, index_paths: [], profile: '', model: '', chunk_size: 512, top_k: 5 },
      },
      timeouts: { connect_s: 10, first_byte_s: 120, idle_s: 300, ping_s: 15, drain_s: 30 },
      retry: { max_attempts: 3, max_wait_s: 10, budget: 0.2 },
      breaker: {
        failure_threshold: 3,
        failure_ratio: 0.5,
        min_requests: 10,
        window_s: 60,
        recovery_s: 30,
        max_recovery_s: 300,
      },
      health_interval_s: 30,
      history: { days: 30, bodies: false },
      catalogue: { refresh: false, url: 'https://models.dev/api.json' },
      sets: {},
      update: {},
      oauth: {},
    });
  });

  it('of a profile have these defaults', async () => {
    const { values } = await workspace.load({ configFile: workspace.write('a.toml', profile('p')) });
    expect(values.profiles).to.deep.equal([
      {
        name: 'p',
        provider_type: 'DirectAnthropic',
        base_url: 'https://example.com/v1',
        default_model: 'm',
        models: {},
        backup_providers: [],
        backup_models: {},
        custom_headers: {},
        extra_env: {},
        priority: 100,
        enabled: true,
        auth_type: 'api-key',
        strip_params: 'auto',
        query_params: {},
      },
    ]);
  });

  it('of a profile can all be set', async () => {
    const lines = [
      'provider = "openai"',
      'provider_type = "OpenAIResponses"',
      'api_key = "k"',
      'api_key_env = "KEY"',
      'api_key_keyring = "entry"',
      'models = { haiku = "a", sonnet = "b", opus = "c", fable = "d", subagent = "e" }',
      'backup_providers = ["q"]',
      'backup_models = { q = "x" }',
      'custom_headers = { X-A = "1" }',
      'extra_env = { A = "1" }',
      'priority = 1',
      'enabled = false',
      'auth_type = "api_key"',
      'oauth_provider = "openai"',
      'max_tokens = 5',
      'strip_params = "none"',
      'query_params = { api-version = "1" }',
      'timeouts = { idle_s = 0 }',
      'breaker = { min_requests = 1 }',
      'quirks = { images = false }',
      'options = { region = { name = "x", tags = [1, true] } }',
      'context_window = 1000',
      'max_output_tokens = 10',
      'effort = "high"',
    ];
    const { values } = await workspace.load({
      configFile: workspace.write('a.toml', profile('p', ...lines) + profile('q')),
    });
    expect(values.profiles[0]).to.deep.equal({
      name: 'p',
      base_url: 'https://example.com/v1',
      default_model: 'm',
      provider: 'openai',
      provider_type: 'OpenAIResponses',
      api_key: 'k',
      api_key_env: 'KEY',
      api_key_keyring: 'entry',
      models: { haiku: 'a', sonnet: 'b', opus: 'c', fable: 'd', subagent: 'e' },
      backup_providers: ['q'],
      backup_models: { q: 'x' },
      custom_headers: { 'X-A': '1' },
      extra_env: { A: '1' },
      priority: 1,
      enabled: false,
      auth_type: 'api-key',
      oauth_provider: 'chatgpt',
      max_tokens: 5,
      strip_params: 'none',
      query_params: { 'api-version': '1' },
      timeouts: { idle_s: 0 },
      breaker: { min_requests: 1 },
      quirks: { images: false },
      options: { region: { name: 'x', tags: [1, true] } },
      context_window: 1000,
      max_output_tokens: 10,
      effort: 'high',
    });
  });

  for (const [written, settled] of [
    ['"auto"', 'auto'],
    ['true', true],
    ['false', false],
    ['"on"', true],
    ['"enabled"', true],
    ['"true"', true],
    ['"off"', false],
    ['"disabled"', false],
    ['"false"', false],
    ['"Auto"', 'auto'],
  ] as const) {
    it(`read hyperlinks = ${written} as ${settled}`, async () => {
      const { values } = await workspace.load({ configFile: workspace.write('a.toml', `hyperlinks = ${written}`) });
      expect(values.hyperlinks).to.equal(settled);
    });
  }

  for (const [written, settled] of [
    ['"auto"', 'auto'],
    ['"none"', 'none'],
    ['"false"', 'none'],
    ['""', 'none'],
    ['false', 'none'],
    ['"a, b,"', ['a', 'b']],
    ['["a", "b"]', ['a', 'b']],
    ['[]', []],
  ] as const) {
    it(`read strip_params = ${written} as ${JSON.stringify(settled)}`, async () => {
      const { values } = await workspace.load({
        configFile: workspace.write('a.toml', profile('p', `strip_params = ${written}`)),
      });
      expect(values.profiles[0]?.strip_params).to.deep.equal(settled);
    });
  }

  it('read proxy_host as sockets take it', async () => {
    for (const [written, settled] of [
      ['[::1]', '::1'],
      ['::1', '::1'],
      ['localhost', 'localhost'],
    ]) {
      const { values } = await workspace.load({ environment: { CLAUDEX_PROXY_HOST: written } });
      expect(values.proxy_host).to.equal(settled);
    }
  });

  it('of a profile complete one that is made by hand, as those of a file are', async () => {
    const { values } = await workspace.load({ configFile: workspace.write('a.toml', profile('p')) });
    const made = completeProfile({ name: 'p', base_url: 'https://example.com/v1', default_model: 'm' });
    expect(made).to.deep.equal(values.profiles[0]);
    expect(completeProfile({ name: 'demo', provider: 'demo' })).to.not.have.property('provider_type');
    expect(defaultConfiguration()).to.deep.equal((await workspace.load()).values);
  });

  it('each say what they mean, in one line', () => {
    const seen = meanings(documentKind, '');
    expect(Object.keys(seen)).to.include.members([
      'proxy_port',
      'context.rag.top_k',
      'profiles.models.haiku',
      'oauth.issuer',
    ]);
    for (const [key, meaning] of Object.entries(seen)) expect(meaning, key).to.match(/^[^\n]{4,80}$/);
  });
});

function meanings(kind: Kind, prefix: string): { [key: string]: string } {
  if (kind.type === 'list' || kind.type === 'dictionary') return meanings(kind.of, prefix);
  if (kind.type !== 'table') return {};
  const entries = Object.entries(kind.keys).flatMap(([key, entry]) => {
    return [[prefix + key, entry.meaning], ...Object.entries(meanings(entry.kind, `${prefix}${key}.`))];
  });
  return Object.fromEntries(entries) as { [key: string]: string };
}
