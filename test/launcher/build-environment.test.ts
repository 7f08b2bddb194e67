import { expect } from 'chai';
import { buildEnvironment, subscriptionProfile } from '../../src/launcher/index.ts';
import { boundWith, configurationWith, profileWith, settingsWith } from './support/profiles.ts';

describe('the environment of claude', () => {
  it('sets exactly what claude needs for the proxy', () => {
    expect(buildEnvironment(settingsWith())).to.deep.equal({
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:13456/proxy/work',
      ANTHROPIC_AUTH_TOKEN: 'local-token',
      CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1',
      CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: '1',
      CLAUDE_CODE_ATTRIBUTION_HEADER: '0',
      ANTHROPIC_MODEL: 'model-1',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'model-1',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'model-1',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'model-1',
      ANTHROPIC_DEFAULT_FABLE_MODEL: 'model-1',
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
    });
  });

  it('leaves everything else of the environment alone', () => {
    const environment = { PATH: '/bin', CLAUDE_CONFIG_DIR: '/somewhere', OPENAI_API_KEY: 'not named by any profile' };
    expect(buildEnvironment(settingsWith({ environment }))).to.include(environment);
  });

  it('does not change the environment it was given', () => {
    const environment = Object.freeze({ ANTHROPIC_API_KEY: 'sk', NO_PROXY: 'example.com' });
    buildEnvironment(settingsWith({ environment }));
    expect(environment).to.deep.equal({ ANTHROPIC_API_KEY: 'sk', NO_PROXY: 'example.com' });
  });

  it('removes the key of Anthropic and every variable that a profile names', () => {
    const built = buildEnvironment(
      settingsWith({
        bound: boundWith({ api_key_env: 'MINE' }),
        configuration: configurationWith({
          profiles: [profileWith({ api_key_env: 'THEIRS' }), profileWith({ enabled: false, api_key_env: 'OFF' })],
        }),
        environment: { ANTHROPIC_API_KEY: 'a', MINE: 'b', THEIRS: 'c', OFF: 'd', OTHER: 'e' },
      }),
    );
    expect(built).not.to.have.any.keys('ANTHROPIC_API_KEY', 'MINE', 'THEIRS', 'OFF');
    expect(built).to.include({ OTHER: 'e' });
  });

  it('removes keys on Windows whatever the case of their names', () => {
    const bound = boundWith({ api_key_env: 'Mine' });
    const environment = { Anthropic_Api_Key: 'a', MINE: 'b', OTHER: 'c' };
    expect(buildEnvironment(settingsWith({ bound, environment, platform: 'win32' }))).not.to.have.any.keys(
      'Anthropic_Api_Key',
      'MINE',
    );
    expect(buildEnvironment(settingsWith({ bound, environment, platform: 'linux' }))).to.include(environment);
  });

  it('wins over what is exported, except for the slots', () => {
    const environment = {
      ANTHROPIC_BASE_URL: 'x',
      ANTHROPIC_AUTH_TOKEN: 'x',
      ANTHROPIC_MODEL: 'x',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'mine',
    };
    expect(buildEnvironment(settingsWith({ environment }))).to.include({
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:13456/proxy/work',
      ANTHROPIC_AUTH_TOKEN: 'local-token',
      ANTHROPIC_MODEL: 'model-1',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'mine',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'model-1',
    });
  });

  it('fills the slots from the profile, the fourth one from opus', () => {
    const bound = boundWith({ default_model: 'big', models: { haiku: 'small', opus: 'huge', subagent: 'helper' } });
    expect(buildEnvironment(settingsWith({ bound }))).to.include({
      ANTHROPIC_MODEL: 'big',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'small',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'big',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'huge',
      ANTHROPIC_DEFAULT_FABLE_MODEL: 'huge',
      CLAUDE_CODE_SUBAGENT_MODEL: 'helper',
    });
  });

  it('resolves an alias of -m and of the default model, and nothing that every object has', () => {
    const configuration = configurationWith({ model_aliases: { fast: 'model-fast', 'model-1': 'model-one' } });
    expect(buildEnvironment(settingsWith({ configuration, model: 'fast' }))).to.include({
      ANTHROPIC_MODEL: 'model-fast',
    });
    expect(buildEnvironment(settingsWith({ configuration }))).to.include({ ANTHROPIC_MODEL: 'model-one' });
    expect(buildEnvironment(settingsWith({ configuration, model: 'constructor' }))).to.include({
      ANTHROPIC_MODEL: 'constructor',
    });
  });

  it('tells claude the window and the output limit of a foreign model', () => {
    const knownModels = [{ id: 'model-1', contextWindow: 100_000, maxOutputTokens: 8_000 }];
    expect(buildEnvironment(settingsWith({ bound: boundWith({}, { knownModels }) }))).to.include({
      CLAUDE_CODE_MAX_CONTEXT_TOKENS: '100000',
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: '8000',
    });
    const overridden = boundWith({ context_window: 50_000, max_output_tokens: 4_000 }, { knownModels });
    expect(buildEnvironment(settingsWith({ bound: overridden }))).to.include({
      CLAUDE_CODE_MAX_CONTEXT_TOKENS: '50000',
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4000',
    });
  });

  it('tells claude the longest prompt where that is less than the window', () => {
    const knownModels = [{ id: 'model-1', contextWindow: 1_050_000, maxInputTokens: 922_000 }];
    const told = (profile: object) =>
      buildEnvironment(settingsWith({ bound: boundWith(profile, { knownModels }) }))['CLAUDE_CODE_MAX_CONTEXT_TOKENS'];
    expect(told({})).to.equal('922000');
    expect(told({ context_window: 1_000_000 })).to.equal('1000000');
  });

  it('keeps claude from taking a slot for one with a million tokens, unless the model may be', () => {
    const name = 'CLAUDE_CODE_DISABLE_1M_CONTEXT';
    const of = (id: string, contextWindow: number, environment: NodeJS.ProcessEnv = {}) =>
      buildEnvironment(
        settingsWith({
          environment,
          bound: boundWith({ default_model: id }, { knownModels: [{ id, contextWindow }] }),
        }),
      );
    expect(of('grok-4', 256_000)).to.include({ [name]: '1' });
    expect(of('anthropic/claude-sonnet-5', 1_000_000)).not.to.have.property(name);
    expect(of('anthropic/claude-sonnet-5', 128_000)).to.include({
      [name]: '1',
      CLAUDE_CODE_AUTO_COMPACT_WINDOW: '128000',
    });
    expect(of('grok-4', 256_000)).not.to.have.property('CLAUDE_CODE_AUTO_COMPACT_WINDOW');
    const wish = { CLAUDE_CODE_AUTO_COMPACT_WINDOW: '110000' };
    expect(of('claude-sonnet-5', 128_000, wish)).to.include(wish);
  });

  it('calls the slots as the vendor calls their models, where that is known', () => {
    const knownModels = [{ id: 'small', title: 'Small One' }, { id: 'model-1' }];
    const settings = settingsWith({ bound: boundWith({ models: { haiku: 'small' } }, { knownModels }) });
    expect(buildEnvironment(settings)).to.include({ ANTHROPIC_DEFAULT_HAIKU_MODEL_NAME: 'Small One' });
    expect(buildEnvironment(settings)).not.to.have.property('ANTHROPIC_DEFAULT_OPUS_MODEL_NAME');
    for (const other of [
      { ...settings, anthropic: true },
      { ...settings, environment: { ANTHROPIC_DEFAULT_HAIKU_MODEL: 'mine' } },
    ])
      expect(buildEnvironment(other)).not.to.have.property('ANTHROPIC_DEFAULT_HAIKU_MODEL_NAME');
  });

  it('lets an exported slot win, and nothing else of ours', () => {
    const mine = { ANTHROPIC_DEFAULT_OPUS_MODEL: 'my-opus', ANTHROPIC_DEFAULT_FABLE_MODEL: 'my-fable' };
    const others = { ANTHROPIC_BASE_URL: 'x', ANTHROPIC_AUTH_TOKEN: 'x', ANTHROPIC_MODEL: 'x' };
    const built = buildEnvironment(settingsWith({ environment: { ...mine, ...others } }));
    expect(built).to.include({ ...mine, ANTHROPIC_MODEL: 'model-1', ANTHROPIC_AUTH_TOKEN: 'local-token' });
    expect(built['ANTHROPIC_BASE_URL']).to.match(/\/proxy\/work$/);
  });

  it('adds the name of the session to whatever headers there are', () => {
    const proxy = { baseUrl: 'http://127.0.0.1:13456/proxy/work', token: 'local-token', session: '0123456789abcdef' };
    const of = (settings: Parameters<typeof settingsWith>[0]) =>
      buildEnvironment(settingsWith({ proxy, ...settings }))['ANTHROPIC_CUSTOM_HEADERS'];
    const own = 'x-claudex-session: 0123456789abcdef';
    expect(of({})).to.equal(own);
    expect(of({ environment: { ANTHROPIC_CUSTOM_HEADERS: 'x-mine: 1' } })).to.equal(`x-mine: 1\n${own}`);
    expect(of({ bound: boundWith({ custom_headers: { 'x-team': 'blue' } }) })).to.equal(`x-team: blue\n${own}`);
    expect(of({ bound: boundWith({ extra_env: { ANTHROPIC_CUSTOM_HEADERS: 'x-extra: 1' } }) })).to.equal(
      `x-extra: 1\n${own}`,
    );
  });

  it('says nothing about limits it does not know, or that claude knows itself', () => {
    const limits = [
      'CLAUDE_CODE_MAX_CONTEXT_TOKENS',
      'CLAUDE_CODE_MAX_OUTPUT_TOKENS',
      'CLAUDE_CODE_ATTRIBUTION_HEADER',
    ];
    const knownModels = [{ id: 'model-1', contextWindow: 100_000 }];
    expect(
      buildEnvironment(settingsWith({ model: 'unknown', bound: boundWith({}, { knownModels }) })),
    ).not.to.have.any.keys(limits.slice(0, 2));
    expect(
      buildEnvironment(settingsWith({ anthropic: true, bound: boundWith({ context_window: 5 }, { knownModels }) })),
    ).not.to.have.any.keys(limits);
  });

  it('lets claude be patient with a model on this machine, unless the user has an opinion', () => {
    const name = 'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS';
    const local = boundWith({}, { provider: { local: true } });
    const { proxy: _proxy, ...direct } = settingsWith({ bound: local });
    expect(buildEnvironment(settingsWith({ bound: local }))).to.have.property(name, '1800000');
    expect(buildEnvironment(settingsWith({ bound: local, environment: { [name]: '60000' } }))[name]).to.equal('60000');
    expect(
      buildEnvironment(
        settingsWith({ bound: boundWith({ extra_env: { [name]: '1' } }, { provider: { local: true } }) }),
      )[name],
    ).to.equal('1');
    for (const other of [settingsWith({ bound: boundWith({}, { provider: {} }) }), settingsWith(), direct])
      expect(buildEnvironment(other)).not.to.have.property(name);
  });

  it('exports custom headers line by line, without those that carry a credential', () => {
    const bound = boundWith(
      {
        custom_headers: {
          'X-Team': 'blue',
          'x-project': 'a: b',
          Authorization: 'Bearer 1',
          'X-API-Key': '2',
          'api-key': '3',
          Cookie: '4',
          'x-copy': 'Token sk-secret-of-profile',
          'x-named': 'value-of-variable',
          'x-local': 'local-token',
          'x-broken': 'a\nb: c',
        },
        api_key: 'sk-secret-of-profile',
      },
      { credential: { value: 'sk-secret-of-profile' } },
    );
    const configuration = configurationWith({ profiles: [profileWith({ api_key_env: 'NAMED' })] });
    const built = buildEnvironment(settingsWith({ bound, configuration, environment: { NAMED: 'value-of-variable' } }));
    expect(built['ANTHROPIC_CUSTOM_HEADERS']).to.equal('X-Team: blue\nx-project: a: b');
  });

  it('leaves exported headers when the profile has none', () => {
    const environment = { ANTHROPIC_CUSTOM_HEADERS: 'x-mine: 1' };
    expect(buildEnvironment(settingsWith({ environment }))).to.include(environment);
  });

  it('lets extra_env of the profile have the last word', () => {
    const bound = boundWith({ extra_env: { ANTHROPIC_MODEL: 'theirs', SOME: 'thing' } });
    expect(buildEnvironment(settingsWith({ bound }))).to.include({ ANTHROPIC_MODEL: 'theirs', SOME: 'thing' });
  });

  it('adds this machine to NO_PROXY in both spellings and keeps what is there', () => {
    const of = (environment: NodeJS.ProcessEnv, bound = boundWith()) => {
      const { NO_PROXY, no_proxy } = buildEnvironment(settingsWith({ environment, bound }));
      return [NO_PROXY, no_proxy];
    };
    expect(of({ NO_PROXY: 'a.example, localhost' })).to.deep.equal([
      'a.example,localhost,127.0.0.1',
      'a.example,localhost,127.0.0.1',
    ]);
    expect(of({ no_proxy: 'b.example', NO_PROXY: 'a.example' })).to.deep.equal([
      'a.example,127.0.0.1,localhost',
      'b.example,127.0.0.1,localhost',
    ]);
    expect(of({ NO_PROXY: '*' })).to.deep.equal(['*', '*']);
    expect(of({}, boundWith({ extra_env: { NO_PROXY: 'c.example' } }))[0]).to.equal('c.example,127.0.0.1,localhost');
  });

  it('adds the host of a proxy that listens elsewhere to NO_PROXY', () => {
    const proxy = { baseUrl: 'http://[fd00::1]:13456/proxy/work', token: 'local-token' };
    expect(buildEnvironment(settingsWith({ proxy }))['NO_PROXY']).to.equal('127.0.0.1,localhost,fd00::1');
  });

  it('makes links clickable when asked by flag or configuration, and leaves it to claude otherwise', () => {
    const of = (hyperlinks: boolean, configured: 'auto' | boolean) =>
      buildEnvironment(settingsWith({ hyperlinks, configuration: configurationWith({ hyperlinks: configured }) }))[
        'FORCE_HYPERLINK'
      ];
    expect([of(true, 'auto'), of(true, false), of(false, true), of(false, false), of(false, 'auto')]).to.deep.equal([
      '1',
      '1',
      '1',
      '0',
      undefined,
    ]);
  });

  describe('for a profile that claude serves with its own login', () => {
    const { proxy: _proxy, ...direct } = settingsWith({
      anthropic: true,
      bound: subscriptionProfile(profileWith({ oauth_provider: 'claude' })),
    });

    it('has no trace of the proxy and nothing about models that are not set', () => {
      expect(buildEnvironment({ ...direct, environment: { ANTHROPIC_API_KEY: 'sk', HOME: '/home/me' } })).to.deep.equal(
        {
          HOME: '/home/me',
          NO_PROXY: '127.0.0.1,localhost',
          no_proxy: '127.0.0.1,localhost',
        },
      );
    });

    it('sets the models that are set', () => {
      const profile = profileWith({ oauth_provider: 'claude', default_model: 'opus', models: { haiku: 'small' } });
      const built = buildEnvironment({ ...direct, bound: subscriptionProfile(profile), model: 'sonnet' });
      expect(built).to.include({ ANTHROPIC_MODEL: 'sonnet', ANTHROPIC_DEFAULT_HAIKU_MODEL: 'small' });
      expect(built).not.to.have.any.keys('ANTHROPIC_DEFAULT_OPUS_MODEL', 'ANTHROPIC_BASE_URL');
    });
  });

  describe('inside a session of another claudex run', () => {
    const outer = buildEnvironment(
      settingsWith({
        bound: boundWith({ models: { haiku: 'outer-small' }, context_window: 9 }, { provider: { local: true } }),
      }),
    );

    it('does not take the slots and limits of the outer profile for wishes of the user', () => {
      const inner = buildEnvironment(
        settingsWith({ environment: { ...outer, OTHER: 'stays' }, bound: boundWith({ default_model: 'inner' }) }),
      );
      expect(inner).to.include({ ANTHROPIC_DEFAULT_HAIKU_MODEL: 'inner', OTHER: 'stays' });
      expect(inner).not.to.have.any.keys('CLAUDE_CODE_MAX_CONTEXT_TOKENS', 'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS');
    });

    it('does not send a direct session to the outer proxy', () => {
      const { proxy: _proxy, ...direct } = settingsWith({
        environment: outer,
        bound: subscriptionProfile(profileWith()),
      });
      expect(buildEnvironment(direct)).not.to.have.any.keys('ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN');
    });

    it('leaves a gateway that is not ours alone', () => {
      const { proxy: _proxy, ...direct } = settingsWith({
        environment: { ANTHROPIC_BASE_URL: 'https://gateway.example/proxy/x' },
      });
      expect(buildEnvironment(direct)).to.include({ ANTHROPIC_BASE_URL: 'https://gateway.example/proxy/x' });
    });
  });
});
