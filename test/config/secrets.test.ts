import { expect } from 'chai';
import { holdsSecret, MASK, masked, namesSecret, secretsOf } from '../../src/config/index.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('secrets of the configuration', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function load() {
    const headers =
      'custom_headers = { Authorization = "Bearer header-1", X-Goog-Api-Key = "header-2", X-Copy = "pre file-key", X-Title = "plain" }';
    const text = [
      'proxy_token = "local-token"',
      '[model_aliases]\ntoken = "model-of-an-alias"',
      profile(
        'p',
        'api_key = "file-key"',
        'api_key_env = "OWN_KEY"',
        'api_key_keyring = "entry-name"',
        'oauth_provider = "gitlab"',
        headers,
        'query_params = { subscription-key = "query-1", api-version = "1" }',
        'extra_env = { PGPASSWORD = "variable-1", DB = "postgres://me:password-1@db/x", PLAIN = "shell-key inside" }',
        'options = { nested = [{ clientSecret = "option-1", region = "eu" }], credentials = { id = "option-2" } }',
        'max_output_tokens = 5',
      ),
      profile('q', 'api_key = ""', 'api_key_env = "UNSET_KEY"'),
    ].join('\n');
    return (await workspace.load({ configFile: workspace.write('a.toml', text) })).values;
  }
  const environment = { OWN_KEY: ' shell-key\n', OTHER: 'other' };
  const FOUND = 'local-token file-key shell-key header-1 header-2 query-1 variable-1 option-1 option-2'.split(' ');

  it('are found in keys, variables, headers, queries and in everything that is called like one', async () => {
    expect(secretsOf(await load(), environment, ['more', undefined])).to.have.members([
      ...FOUND,
      'Bearer header-1',
      'more',
    ]);
  });

  it('are printed as a mask of one width, in a copy', async () => {
    const values = await load();
    const printed = masked(values, secretsOf(values, environment));
    expect(printed.proxy_token).to.equal(MASK);
    expect(printed.model_aliases).to.deep.equal({ token: 'model-of-an-alias' });
    expect(printed.profiles[0]).to.deep.include({
      api_key: MASK,
      api_key_env: 'OWN_KEY',
      api_key_keyring: 'entry-name',
      oauth_provider: 'gitlab',
      auth_type: 'api-key',
      max_output_tokens: 5,
      custom_headers: { Authorization: MASK, 'X-Goog-Api-Key': MASK, 'X-Copy': `pre ${MASK}`, 'X-Title': 'plain' },
      query_params: { 'subscription-key': MASK, 'api-version': '1' },
      extra_env: { PGPASSWORD: MASK, DB: `postgres://${MASK}@db/x`, PLAIN: `${MASK} inside` },
      options: { nested: [{ clientSecret: MASK, region: 'eu' }], credentials: { id: MASK } },
    });
    expect(printed.profiles[1]?.api_key).to.equal('');
    for (const secret of [...FOUND, 'password-1']) expect(JSON.stringify(printed)).to.not.contain(secret);
    expect(values.profiles[0]?.api_key).to.equal('file-key');
  });

  describe('that are only a word for servers without keys', () => {
    const LOCAL = `[[profiles]]
name = "lm-studio"
provider_type = "OpenAICompatible"
base_url = "http://ollama:11434/v1"
api_key = "lm-studio"
default_model = "m"
backup_providers = ["second"]
[[profiles]]
name = "second"
base_url = "http://localhost:1/v1"
api_key_env = "LOCAL_KEY"
default_model = "llama-local"
custom_headers = { X-Copy = "lm-studio and not-so-secret" }
[profiles.extra_env]
TOKEN = "not-so-secret"
`;

    async function shown(text = LOCAL) {
      const { values } = await workspace.load({ configFile: workspace.write('a.toml', text) });
      return masked(values, secretsOf(values, { LOCAL_KEY: 'ollama' }));
    }

    it('hide their own place, and no name of a profile, a host or a model', async () => {
      const { profiles } = await shown();
      expect(profiles[0]).to.include({ name: 'lm-studio', base_url: 'http://ollama:11434/v1', api_key: MASK });
      expect(profiles[1]?.custom_headers).to.deep.equal({ 'X-Copy': `lm-studio and ${MASK}` });
    });

    it('are none when they look like a real key, wherever else that stands', async () => {
      const key = 'sk-proj-4711abcdEFGH0815';
      const { profiles } = await shown(LOCAL.replaceAll('lm-studio', key));
      expect(JSON.stringify(profiles)).to.not.contain(key);
    });
  });

  it('do not appear where there are none', async () => {
    const { values } = await workspace.load({ configFile: workspace.write('a.toml', profile('p')) });
    expect(secretsOf(values, {})).to.deep.equal([]);
    expect(masked(values, [])).to.deep.equal(values);
  });

  for (const [text, printed] of [
    ['https://sk-key@host/v1', `https://${MASK}@host/v1`],
    ['postgres://u:p@ss/w0rd@db:5432/x', `postgres://${MASK}@db:5432/x`],
    ['redis://:only-password@host', `redis://${MASK}@host`],
    ['http://127.0.0.1:8080/@scope/name', 'http://127.0.0.1:8080/@scope/name'],
    ['https://host/?api_key=abc&x=1#f', `https://host/?api_key=${MASK}&x=1#f`],
    ['https://host/?x=1&X-Goog-Signature=abc', `https://host/?x=1&X-Goog-Signature=${MASK}`],
    ['--header "Authorization: Bearer abc.def"', `--header "Authorization: Bearer ${MASK}"`],
    ['name@example.com', 'name@example.com'],
    ['', ''],
  ] as const) {
    it(`are masked in the text ${JSON.stringify(text)}`, () => {
      expect(masked([text], [])).to.deep.equal([printed]);
    });
  }

  it('are masked inside a text, the longer one first, unless they are so short that they may occur by accident', () => {
    expect(masked('a-secret-key a-secret abc', ['a-secret', 'a-secret-key', 'abc'])).to.equal(`${MASK} ${MASK} abc`);
    expect(holdsSecret('Bearer a-secret', ['a-secret'])).to.equal(true);
    expect(holdsSecret('Bearer a-secret', ['a-secret-key', 'a'])).to.equal(false);
  });

  it('are masked in a hostile text in no time', () => {
    const started = performance.now();
    for (const piece of ['://:', '://a:', '?a', '&a=', 'bearer ', '@', '://a@', ':']) masked(piece.repeat(250_000), []);
    expect(performance.now() - started).to.be.lessThan(10_000);
  });

  it('are what these names stand for', () => {
    const names =
      'api_key apikey API_KEY2 openaiApiKey Authorization Proxy-Authorization x-api-key Cookie x-goog-api-key X-Auth-Token subscription-key ' +
      'proxy_token ACCESS_TOKENS client_secret PGPASSWORD DB_PASS passphrase AZURE_AUTH sig X-Amz-Signature session_id PHPSESSION session sessions_cookie sessions_key GOOGLE_CREDENTIALS DB_PWD';
    expect(names.split(' ').filter((name) => !namesSecret(name))).to.deep.equal([]);
  });

  it('are not what these names stand for', () => {
    const names =
      'api_key_env api_key_keyring keyVariables auth_type oauth_provider oauth max_tokens max_output_tokens threshold_tokens ' +
      'CLAUDE_CODE_MAX_CONTEXT_TOKENS maxOutputTokensField X-Title content-type base_url PWD PATH sessions active_sessions author bypass tokenizer keyboard';
    expect(names.split(' ').filter(namesSecret)).to.deep.equal([]);
  });
});
