import { expect } from 'chai';
import { isKnownConfigurationVariable, withoutConfigurationVariables } from '../../src/config/environment.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

describe('configuration from the environment', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  it('reads values as their keys want them', async () => {
    const { values } = await workspace.load({
      environment: {
        CLAUDEX_PROXY_PORT: '9999',
        CLAUDEX_CLAUDE_BINARY: '1234',
        CLAUDEX_PROXY_ALLOW_REMOTE: 'TRUE',
        CLAUDEX_HYPERLINKS: 'off',
        CLAUDEX_RETRY__BUDGET: '0.5',
        CLAUDEX_HISTORY__BODIES: '1',
        CLAUDEX_ROUTER__RULES__CODE: '',
        CLAUDEX_MODEL_ALIASES__GROK3: 'grok-3-beta',
        CLAUDEX_OAUTH__GITLAB__API_BASE: 'https://gitlab.example/',
        CLAUDEX_CONTEXT__RAG__INDEX_PATHS: '["src", "docs"]',
        CLAUDEX_PROFILES: '[{"name": "p", "base_url": "http://127.0.0.1:1", "default_model": "m"}]',
      },
    });
    expect(values).to.include({ proxy_port: 9999, claude_binary: '1234', proxy_allow_remote: true, hyperlinks: false });
    expect(values.retry.budget).to.equal(0.5);
    expect(values.history.bodies).to.equal(true);
    expect(values.router.rules).to.deep.equal({ code: '' });
    expect(values.model_aliases).to.deep.equal({ grok3: 'grok-3-beta' });
    expect(values.oauth).to.deep.equal({ gitlab: { api_base: 'https://gitlab.example' } });
    expect(values.context.rag.index_paths).to.deep.equal(['src', 'docs']);
    expect(values.profiles.map(({ name, priority }) => [name, priority])).to.deep.equal([['p', 100]]);
  });

  it('lets a variable for one key win over one for the whole table', async () => {
    const environment = { CLAUDEX_ROUTER__ENABLED: 'false', CLAUDEX_ROUTER: '{"enabled": true, "model": "m"}' };
    expect((await workspace.load({ environment })).values.router).to.include({ enabled: false, model: 'm' });
  });

  const refused: readonly [variable: string, value: string, message: string][] = [
    [
      'CLAUDEX_PROXY_PORT',
      'abc',
      'CLAUDEX_PROXY_PORT: proxy_port: expected a whole number from 1 to 65535, got a text',
    ],
    ['CLAUDEX_PROXY_PORT', '70000', 'CLAUDEX_PROXY_PORT: proxy_port: expected a whole number from 1 to 65535'],
    [
      'CLAUDEX_PROXY_PORT',
      '',
      'CLAUDEX_PROXY_PORT: proxy_port: expected a whole number from 1 to 65535, got an empty text',
    ],
    [
      'CLAUDEX_PROXY_PORT__X',
      '1',
      'CLAUDEX_PROXY_PORT__X: proxy_port: expected a whole number from 1 to 65535, got a table',
    ],
    ['CLAUDEX_ROUTER__ENABLD', 'true', 'CLAUDEX_ROUTER__ENABLD: router.enabld: unknown key, did you mean "enabled"?'],
    ['CLAUDEX_ROUTER__ENABLED', 'maybe', 'CLAUDEX_ROUTER__ENABLED: router.enabled: expected true or false'],
    ['CLAUDEX_ROUTER', 'enabled', 'CLAUDEX_ROUTER: router: expected a list or a table as JSON'],
    ['CLAUDEX_PROFILES', '{}', 'CLAUDEX_PROFILES: profiles: expected a list, got a table'],
    ['CLAUDEX_TIMEOUTS', '{"idle": 1}', 'CLAUDEX_TIMEOUTS: timeouts.idle: unknown key, did you mean "idle_s"?'],
    ['CLAUDEX_DEFAULT_PROFILE', 'nobody', 'CLAUDEX_DEFAULT_PROFILE: default_profile: there is no profile "nobody"'],
    ['CLAUDEX_PROXY_HOST', '0.0.0.0', 'CLAUDEX_PROXY_HOST: proxy_host: others could reach the proxy there'],
  ];
  for (const [variable, value, message] of refused) {
    it(`refuses ${variable}=${value} and names the variable`, async () => {
      const error = await workspace.refusal({ environment: { [variable]: value } });
      expect(error.exitCode).to.equal(2);
      expect(error.message).to.contain(message);
    });
  }

  it('never quotes a value', async () => {
    const environment = { CLAUDEX_PROFILES: '[{"api_key": "sk-very-secret"', CLAUDEX_PROXY_TOKEN: 'very secret' };
    const { message } = await workspace.refusal({ environment });
    expect(message).to.contain('CLAUDEX_PROFILES').and.to.contain('CLAUDEX_PROXY_TOKEN');
    expect(message).to.not.contain('secret');
  });

  it('leaves every other name alone', async () => {
    const others = {
      CLAUDEX_DISABLE_AUTOUPDATE: '1',
      CLAUDEX_PROXY_PROT: 'x',
      CLAUDEX_CONFIG_DIR: '/x',
      claudex_proxy_port: 'x',
      CLAUDEX_: '',
    };
    const { layers } = await workspace.load({ environment: others });
    expect(layers.at(-1)?.values).to.deep.equal({});
  });

  it('tells configuration from other names', () => {
    for (const name of ['CLAUDEX_PROXY_PORT', 'CLAUDEX_ROUTER__ANYTHING', 'CLAUDEX_CONTEXT', 'CLAUDEX_proxy_port']) {
      expect(isKnownConfigurationVariable(name), name).to.equal(true);
    }
    for (const name of [
      'CLAUDEX_CONFIG',
      'CLAUDEX_HEADLESS',
      'CLAUDEX_UPDATE_CHANNEL',
      'CLAUDEX___PROTO__',
      'CLAUDEX_CONSTRUCTOR',
      'PROXY_PORT',
      'CLAUDEX_',
    ]) {
      expect(isKnownConfigurationVariable(name), name).to.equal(false);
    }
  });

  it('takes configuration out of an environment and nothing else', () => {
    const environment = {
      PATH: '/bin',
      CLAUDEX_CONFIG: 'x',
      CLAUDEX_PROXY_PORT: '1',
      CLAUDEX_ROUTER__X: '',
      CLAUDEX_DISABLE_AUTOUPDATE: '1',
    };
    expect(withoutConfigurationVariables(environment)).to.deep.equal({ PATH: '/bin', CLAUDEX_DISABLE_AUTOUPDATE: '1' });
    expect(environment).to.have.property('CLAUDEX_CONFIG');
  });
});
