import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

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
region = 'eu'
nested = { clientSecret = 'secret-option' }
AZURE_AUTH = 'secret-in-the-environment'

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

    it('loads nothing of the proxy, the launcher and the network', async () => {
      const spy = join(home.root, 'spy.mjs');
      await writeFile(
        spy,
        `import { registerHooks } from 'node:module';
        registerHooks({ resolve(specifier, context, next) {
          const found = next(specifier, context);
          process.stderr.write(found.url + '\\n');
          return found;
        } });`,
      );
      const environment = { NODE_OPTIONS: `--import=${pathToFileURL(spy).href}` };
      const { code, stderr } = await runCli(home, ['profile', 'list'], { environment });
      expect(code).to.equal(0);
      expect(stderr).to.contain('/lib/config/index.js');
      expect(stderr).to.not.match(
        /node-fetch|\/koa\/|inquirer|write-file-atomic|@oclif\/core\/lib\/index\.js|\/lib\/(?:http|daemon|launcher|proxy)\//,
      );
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
