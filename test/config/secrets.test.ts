import { expect } from 'chai';
import {
  isCredentialHeader,
  maskedConfiguration,
  maskedProfile,
  maskSecret,
  secretsOf,
} from '../../src/config/index.ts';
import { makeWorkspace, profile, type Workspace } from './workspace.ts';

describe('secrets of the configuration', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function load() {
    const headers =
      'custom_headers = { Authorization = "Bearer h1", X-Api-Key = "h2", api-key = "h3", COOKIE = "h4", X-Title = "plain" }';
    const text = [
      'proxy_token = "local-token"',
      profile(
        'p',
        'api_key = "file-key"',
        'api_key_env = "OWN_KEY"',
        headers,
        'query_params = { key = "q1", api-version = "1" }',
      ),
      profile('q', 'api_key = ""', 'api_key_env = "UNSET_KEY"'),
    ].join('\n');
    return (await workspace.load({ configFile: workspace.write('a.toml', text) })).values;
  }

  it('are found in keys, variables, headers and queries', async () => {
    const secrets = secretsOf(await load(), { OWN_KEY: ' shell-key\n', OTHER: 'other' });
    expect(secrets).to.have.members([
      'local-token',
      'file-key',
      'shell-key',
      'Bearer h1',
      'h1',
      'h2',
      'h3',
      'h4',
      'q1',
    ]);
  });

  it('are printed as a mask of one width, in a copy', async () => {
    const values = await load();
    const printed = maskedConfiguration(values);
    expect(printed.proxy_token).to.equal(maskSecret());
    expect(printed.profiles[0]).to.deep.include({
      api_key: maskSecret(),
      api_key_env: 'OWN_KEY',
      custom_headers: {
        Authorization: maskSecret(),
        'X-Api-Key': maskSecret(),
        'api-key': maskSecret(),
        COOKIE: maskSecret(),
        'X-Title': 'plain',
      },
      query_params: { key: maskSecret(), 'api-version': '1' },
    });
    expect(printed.profiles[1]?.api_key).to.equal('');
    for (const secret of secretsOf(values, {})) expect(JSON.stringify(printed)).to.not.contain(secret);
    expect(values.profiles[0]?.api_key).to.equal('file-key');
  });

  it('do not appear where there are none', async () => {
    const { values } = await workspace.load({ configFile: workspace.write('a.toml', profile('p')) });
    expect(secretsOf(values, {})).to.deep.equal([]);
    expect(maskedConfiguration(values)).to.deep.equal(values);
    expect(values.profiles.map(maskedProfile)).to.deep.equal(values.profiles);
  });

  it('travel in these headers', () => {
    expect(['authorization', 'X-API-Key', 'Api-Key', 'cookie'].every(isCredentialHeader)).to.equal(true);
    expect(['x-title', 'content-type'].some(isCredentialHeader)).to.equal(false);
  });
});
