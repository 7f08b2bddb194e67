import { expect } from 'chai';
import { describeLaunch, shellLines } from '../../src/launcher/index.ts';
import { boundWith, configurationWith, profileWith, settingsWith } from './support/profiles.ts';

describe('the description of a launch', () => {
  const { proxy: _proxy, ...settings } = settingsWith({
    bound: boundWith({
      extra_env: {
        AZURE_AUTH: 'a',
        PLAIN: 'it is',
        COPY: 'has sk-secret-of-profile inside',
        DB: 'postgres://u:pw@db/x',
      },
      context_window: 1000,
    }),
    configuration: configurationWith({
      proxy_host: '127.0.0.1',
      proxy_port: 1,
      profiles: [profileWith({ api_key: 'sk-secret-of-profile', api_key_env: 'NAMED' })],
    }),
    environment: { HOME: '/home/me', ANTHROPIC_API_KEY: 'sk', NAMED: 'value', NO_PROXY: '127.0.0.1,localhost' },
  });
  const planned = {
    ...settings,
    address: 'work',
    executable: '/bin/claude',
    claudeArguments: ['-p', "it's", 'sk-secret-of-profile'],
    direct: false,
  };
  const description = describeLaunch(planned);

  it('lists what changes and nothing that stays', () => {
    expect(description.environment).to.include({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/proxy/work', PLAIN: 'it is' });
    expect(description.environment).not.to.have.any.keys('HOME', 'NO_PROXY');
    expect(description.removed).to.deep.equal(['ANTHROPIC_API_KEY', 'NAMED']);
  });

  it('masks the token and everything that looks like a secret or holds one, but no figures', () => {
    expect(description.environment).to.include({
      ANTHROPIC_AUTH_TOKEN: '********',
      AZURE_AUTH: '********',
      COPY: 'has ******** inside',
      DB: 'postgres://********@db/x',
      CLAUDE_CODE_MAX_CONTEXT_TOKENS: '1000',
    });
  });

  it('prints lines that a shell understands', () => {
    const lines = shellLines(description);
    expect(lines).to.include.members([
      'unset NAMED',
      "export PLAIN='it is'",
      'export ANTHROPIC_BASE_URL=http://127.0.0.1:1/proxy/work',
    ]);
    expect(lines.at(-1)).to.equal("/bin/claude -p 'it'\\''s' '********'");
  });

  it('knows that a direct launch has nothing to do with the proxy', () => {
    expect(describeLaunch({ ...planned, direct: true }).environment).not.to.have.any.keys(
      'ANTHROPIC_BASE_URL',
      'ANTHROPIC_AUTH_TOKEN',
    );
  });
});
