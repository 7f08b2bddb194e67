import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from './support/example-files.ts';
import { ORIGINAL_FOLDER } from './support/original-files.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

/** As the original writes a file itself: every key, nulls, its own spellings. */
const REWRITTEN_YAML = `
claude_binary: claude
proxy_port: 13456
log_level: debug
hyperlinks: Auto
model_aliases: {}
profiles:
  - name: grok
    provider_type: OpenAICompatible
    base_url: https://api.x.ai/v1
    api_key: ''
    api_key_keyring: grok
    default_model: grok-3-beta
    auth_type: api-key
    oauth_provider: null
    backup_providers: []
    custom_headers: {}
    extra_env: {}
    priority: 100
    enabled: true
    max_tokens: null
    strip_params:
      List: [temperature, top_p]
    query_params: {}
    models: { haiku: null, sonnet: null, opus: null }
router: { enabled: false, profile: '', model: '', rules: {} }
`;

describe('the files of the original', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  const here = existsSync(ORIGINAL_FOLDER);
  for (const format of FORMATS) {
    it(`load as they are, the example in ${format.toUpperCase()}${here ? '' : ': skipped, they are not there'}`, async function test() {
      if (!here) this.skip();
      const text = readFileSync(join(ORIGINAL_FOLDER, `config.example.${format}`), 'utf8');
      const { values, warnings } = await workspace.load({ configFile: workspace.write(`a.${format}`, text) });
      expect(warnings).to.deep.equal([]);
      expect(values.profiles).to.have.length.greaterThan(20);
      expect(values.profiles.map(({ name }) => name)).to.include.members(['anthropic', 'codex-sub', 'azure-openai']);
      expect(values.model_aliases['grok3']).to.equal('grok-3-beta');
      expect(values.context.rag.index_paths).to.deep.equal(['./src', './docs']);
    });
  }

  it('mean the same in TOML and in YAML', async function test() {
    if (!here) this.skip();
    const [toml, yaml] = await Promise.all(
      FORMATS.map((format) => {
        const text = readFileSync(join(ORIGINAL_FOLDER, `config.example.${format}`), 'utf8');
        return workspace.load({ configFile: workspace.write(`a.${format}`, text) });
      }),
    );
    expect(toml?.values).to.deep.equal(yaml?.values);
  });

  it('may be YAML that the original wrote itself, with nothing for what is not set', async () => {
    const { values } = await workspace.load({ configFile: workspace.write('a.yaml', REWRITTEN_YAML) });
    expect(values.hyperlinks).to.equal('auto');
    expect(values.profiles[0]).to.deep.include({
      name: 'grok',
      api_key: '',
      api_key_keyring: 'grok',
      auth_type: 'api-key',
      strip_params: ['temperature', 'top_p'],
      models: {},
    });
    expect(values.profiles[0]).to.not.have.any.keys('oauth_provider', 'max_tokens');
  });

  for (const [written, settled] of [
    ['"Auto"', 'auto'],
    ['"None"', 'none'],
    ['{ List = ["temperature"] }', ['temperature']],
    ['{ List = [] }', []],
  ] as const) {
    it(`may say strip_params = ${written}, which the original itself could not read back`, async () => {
      const file = workspace.write('a.toml', profile('p', `strip_params = ${written}`));
      expect((await workspace.load({ configFile: file })).values.profiles[0]?.strip_params).to.deep.equal(settled);
    });
  }

  it('are not taken for more than they say', async () => {
    for (const written of ['{ List = "temperature" }', '{ List = [1] }', '{ List = ["a"], Auto = true }', '{}']) {
      const file = workspace.write('a.toml', profile('p', `strip_params = ${written}`));
      expect((await workspace.refusal({ configFile: file })).message).to.contain('profiles.p.strip_params: expected');
    }
  });

  for (const [written, settled] of [
    ['api_key', 'api-key'],
    ['api-key', 'api-key'],
    ['oauth', 'oauth'],
  ]) {
    it(`may say auth_type = "${written}"`, async () => {
      const file = workspace.write('a.toml', profile('p', `auth_type = "${written}"`, 'oauth_provider = "openai"'));
      const { values } = await workspace.load({ configFile: file });
      expect(values.profiles[0]).to.include({ auth_type: settled, oauth_provider: 'chatgpt' });
    });
  }

  it('may have placeholders for keys and an empty one for a local server', async () => {
    const text = profile('a', 'api_key = "YOUR_API_KEY"') + profile('b', 'api_key = ""');
    const { values } = await workspace.load({ configFile: workspace.write('a.toml', text) });
    expect(values.profiles.map(({ api_key }) => api_key)).to.deep.equal(['YOUR_API_KEY', '']);
  });
});
