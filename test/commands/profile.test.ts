import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';

const CONFIG = `
[[profiles]]
name = 'work'
provider = 'openai'
api_key = 'sk-secret-in-the-file'
context_window = 1234
backup_providers = ['small']
[profiles.models]
haiku = 'little-model'
[profiles.custom_headers]
x-team = 'blue'
Authorization = 'Bearer sk-secret-header'
[profiles.extra_env]
PLAIN = 'visible'
COPY = 'pre sk-secret-in-the-file'
DB = 'postgres://me:secret-password@db/x'
[profiles.query_params]
subscription-key = 'secret-parameter'
version = '7'
[profiles.options]
organization = 'org-visible'
project = 'sk-secret-in-the-file'

[[profiles]]
name = 'small'
provider_type = 'OpenAICompatible'
base_url = 'http://127.0.0.1:9/v1/'
default_model = 'a-model-with-a-very-long-name'
api_key_env = 'SMALL_KEY'
enabled = false
priority = 7

[[profiles]]
name = 'odd'
provider = 'nobody-brings-this'
`;

describe('claudex profile', function () {
  this.timeout(30_000);
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
    await home.writeConfig(CONFIG);
  });
  afterEach(() => home.close());

  const profile = (...args: string[]) =>
    runCli(home, ['profile', ...args], { environment: { SMALL_KEY: 'secret-of-the-shell' } });
  const json = async (...args: string[]) =>
    JSON.parse((await profile(...args, '--json')).stdout) as Record<string, unknown>;

  describe('list', () => {
    it('lists the configured profiles with what their providers fill in, and no built-in one', async () => {
      const { profiles } = (await json('list')) as { profiles: Record<string, unknown>[] };
      expect(profiles.map(({ name }) => name)).to.deep.equal(['work', 'small', 'odd']);
      expect(profiles[0]).to.include({
        provider: 'openai',
        provider_type: 'OpenAIResponses',
        protocol: 'openai-responses',
        enabled: true,
        problem: null,
      });
      expect(profiles[0]?.['base_url']).to.be.a('string');
      expect(profiles[1]).to.include({
        provider: null,
        base_url: 'http://127.0.0.1:9/v1',
        enabled: false,
        priority: 7,
      });
      expect(profiles[2]?.['problem']).to.include('nobody-brings-this');
    });

    it('shows no secret, wherever it stands', async () => {
      await home.writeConfig(
        `[[profiles]]\nname = 'p'\nbase_url = 'https://host/v1/sk-secret-path'\ndefault_model = 'm'\napi_key = 'sk-secret-path'\n`,
      );
      const calls = [['list'], ['list', '--json'], ['show', 'p'], ['show', 'p', '--json']];
      for (const { code, stdout } of await Promise.all(calls.map((args) => profile(...args)))) {
        expect(code).to.equal(0);
        expect(stdout).to.contain('https://host/v1/********').and.to.not.contain('secret');
      }
    });

    it('cuts a long name only on a terminal that has no room for it', async () => {
      const name = 'n'.repeat(56);
      await home.writeConfig(`[[profiles]]\nname = "${name}"\nprovider = "openai"\n`);
      const narrow = startInTerminal(home, ['profile', 'list'], {}, 60);
      expect(await narrow.exitCode()).to.equal(0);
      for (const line of narrow.screen().split(/[\r\n]+/)) expect(line.length).to.be.at.most(60);
      expect(narrow.screen()).to.match(/^n+… /m);
      expect((await runCli(home, ['profile', 'list'])).stdout).to.contain(name);
    });

    it('aligns its columns and cuts nothing off', async () => {
      const { code, stdout } = await profile('list');
      expect(code).to.equal(0);
      const [head = '', ...rows] = stdout.trimEnd().split('\n');
      const column = head.indexOf('PROTOCOL');
      expect(rows[0]?.slice(column)).to.match(/^openai-responses /);
      expect(rows[1]?.slice(column)).to.match(/^openai-chat .* disabled$/);
      expect(rows[1]).to.include('a-model-with-a-very-long-name');
    });

    it('says of each profile whether its key is there', async () => {
      await home.writeConfig(
        `[[profiles]]\nname = 'with'\nprovider = 'openai'\napi_key_env = 'SMALL_KEY'\n` +
          `[[profiles]]\nname = 'without'\nprovider = 'openai'\napi_key_env = 'NOBODY_SET_THIS'\nenabled = false\n` +
          `[[profiles]]\nname = 'kept'\nprovider = 'openai'\napi_key_keyring = 'nothing-there'\n` +
          `[[profiles]]\nname = 'own'\nauth_type = 'oauth'\noauth_provider = 'claude'\nbase_url = 'https://api.anthropic.com'\ndefault_model = 'm'\n`,
      );
      const environment = { SMALL_KEY: 'secret-of-the-shell', CLAUDEX_KEYRING: 'file' };
      const { stdout } = await runCli(home, ['profile', 'list'], { environment });
      const states = stdout.split('\n').map((line) => line.split(/ {2,}/).at(-1));
      expect(states.slice(0, 5)).to.deep.equal(['STATE', 'ready', 'disabled, no key', 'no key', 'ready']);
      const listed = await runCli(home, ['profile', 'list', '--json'], { environment });
      const { profiles } = JSON.parse(listed.stdout) as { profiles: { access: string }[] };
      expect(profiles.map(({ access }) => access)).to.deep.equal(['key', 'no-key', 'no-key', 'login']);
    });

    it('says how to begin when there is none', async () => {
      await home.writeConfig('');
      const [plain, facts] = await Promise.all([profile('list'), json('list')]);
      expect(plain.stdout).to.include('claudex run demo');
      expect(facts).to.deep.equal({ profiles: [] });
    });
  });

  describe('show', () => {
    it('shows a profile as it is used', async () => {
      const facts = await json('show', 'work');
      expect(facts).to.deep.include({
        provider: 'openai',
        protocol: 'openai-responses',
        context_window: 1234,
        backup_providers: ['small'],
        built_in: false,
      });
      expect(facts).to.have.nested.property('models.haiku', 'little-model');
      expect(facts).to.have.nested.property('credential.source', 'profile');
      expect(facts['base_url']).to.be.a('string');
      expect(facts).to.have.property('quirks');
    });

    it('says where a key comes from and never what it is', async () => {
      expect((await json('show', 'small'))['credential']).to.deep.equal({
        source: 'api_key_env',
        variable: 'SMALL_KEY',
        entry: null,
      });
      const calls = [['work'], ['work', '--json'], ['small'], ['small', '--json']];
      const results = await Promise.all(calls.map((args) => profile('show', ...args)));
      for (const { stdout } of results) {
        expect(stdout).to.not.match(/secret/);
        expect(stdout).to.match(/\S/);
      }
      expect(results[0]?.stdout)
        .to.include('visible')
        .and.include('blue')
        .and.include('pre ********')
        .and.include('postgres://********@db/x');
    });

    it('says where each value comes from', async () => {
      const environment = { CLAUDEX_TIMEOUTS__PING_S: '9' };
      const { stdout } = await runCli(home, ['profile', 'show', 'work', '--json'], { environment });
      const { origins } = JSON.parse(stdout) as { origins: { [key: string]: string } };
      expect(origins).to.include({
        priority: 'default',
        base_url: 'provider',
        'models.opus': 'provider',
        'models.haiku': `${home.configFile}:9:1`,
        context_window: `${home.configFile}:6:1`,
        'timeouts.ping_s': 'CLAUDEX_TIMEOUTS__PING_S',
        'breaker.window_s': 'default',
      });
      expect(origins).to.not.have.any.keys('built_in', 'protocol', 'credential.source');
      const table = (await profile('show', 'work')).stdout.split('\n');
      expect(table[0]).to.match(/^KEY +VALUE +FROM$/);
      expect(table.find((line) => line.startsWith('models.haiku '))).to.match(/little-model +\S+config\.toml:9:1$/);
    });

    it('shows what each slot is served by, with window and limit', async () => {
      await home.writeConfig(
        `[[profiles]]\nname = 'p'\nprovider = 'openai'\ndefault_model = 'gpt-5.4-mini'\nmax_tokens = 50000\n` +
          `[profiles.models]\nhaiku = 'unheard-of'\nopus = 'gpt-5.4-mini'\n`,
      );
      const { slots } = (await json('show', 'p')) as { slots: { [slot: string]: unknown } };
      const known = {
        model: 'gpt-5.4-mini',
        context_window: 400_000,
        max_input_tokens: 272_000,
        max_output_tokens: 50_000,
        source: 'plugin',
      };
      expect(slots).to.have.keys('default', 'haiku', 'sonnet', 'opus', 'fable');
      expect(slots).to.deep.include({ default: known, opus: known });
      expect(slots['haiku']).to.include({ model: 'unheard-of', context_window: null, source: 'unknown' });
      const { stdout } = await profile('show', 'p');
      expect(stdout).to.match(/^SLOT +MODEL +WINDOW +OUTPUT +SOURCE$/m);
      expect(stdout).to.match(/^default +gpt-5\.4-mini +400000 +50000 +plugin$/m);
      expect(stdout).to.match(/^haiku +unheard-of +- +50000 +unknown$/m);
    });

    it('shows the built-in profile, too', async () => {
      expect(await json('show', 'demo')).to.include({ built_in: true, provider: 'demo' });
    });

    it('fails for a profile that does not exist', async () => {
      const { code, stdout } = await profile('show', 'nobody', '--json');
      expect(code).to.equal(1);
      expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'profile-not-found');
    });
  });
});
