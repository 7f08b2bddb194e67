import { expect } from 'chai';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { openSecretStore } from '../../src/state/index.ts';
import { startReloading } from '../proxy/reload/support/reloading-proxy.ts';
import { chatCompletion } from '../support/chat-answers.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { serve, type TestServer } from '../support/serve.ts';

const KEY = 'sk-canary-models-0123456789';
const LIST = {
  data: [
    {
      id: 'fast',
      name: 'Vendor: Fast',
      context_length: 262_144,
      architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
      pricing: { prompt: '0.0000003', completion: '0.0000012' },
      top_provider: { max_completion_tokens: 65_536 },
    },
    { id: 'odd', name: 'Odd\u001B[2J' },
  ],
};

interface Printed {
  readonly profiles: readonly {
    readonly profile: string;
    readonly fetched_at: string | null;
    readonly models: readonly { readonly id: string; readonly source: string; readonly used_for: readonly string[] }[];
  }[];
}

describe('claudex models', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let server: TestServer;

  beforeEach(async () => {
    server = await serve(({ method }, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(method === 'GET' ? LIST : chatCompletion('fast', { text: 'hello' }, 0)));
    });
    home = await isolatedHome({ CLAUDEX_KEYRING: 'file' });
    const store = await openSecretStore(join(home.home, '.local/share/claudex/state'), {
      environment: { CLAUDEX_KEYRING: 'file' },
    });
    await store.set('acme-api-key', KEY);
    await home.writeConfig(`
[[profiles]]
name = "acme"
provider_type = "OpenAICompatible"
base_url = "${server.url}/v1"
default_model = "fast"
api_key_keyring = "acme-api-key"
models = { haiku = "fast", opus = "own" }

[[profiles]]
name = "broken"
provider = "nobody-brings-this"

[[profiles]]
name = "off"
base_url = "${server.url}"
default_model = "never"
enabled = false
`);
  });
  afterEach(async () => {
    await home.close();
    await server.stop();
  });

  const models = (...args: readonly string[]) => runCli(home, ['models', ...args]);
  const parsed = async (...args: readonly string[]): Promise<Printed> =>
    JSON.parse((await models(...args, '--json')).stdout) as Printed;

  it('shows what the provider of a profile lists, asked with the key of the keyring', async () => {
    const { code, stdout, stderr } = await models('acme');
    expect([code, stderr]).to.deep.equal([0, '']);
    const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.slice(0, 4)).to.deep.equal([
      ['MODEL', 'WINDOW/OUT', '$ IN/OUT', 'IMAGES', 'SOURCE', 'USED FOR', 'TITLE'],
      ['fast', '262k/65.5k', '0.3/1.2', 'yes', 'live', 'default haiku', 'Vendor: Fast'],
      ['odd', '-/-', '-', '-', 'live', '-', 'Odd\\u{1b}[2J'],
      ['own', '-/-', '-', '-', 'plugin', 'opus', '-'],
    ]);
    expect(server.seen[0]?.headers.authorization).to.equal(`Bearer ${KEY}`);
    expect(stdout).not.to.include(KEY);
  });

  it('asks once a day, unless told to ask now', async () => {
    expect((await parsed('acme')).profiles[0]?.models[0]?.source).to.equal('live');
    expect((await parsed('acme')).profiles[0]?.models[0]?.source).to.equal('cached');
    expect(server.seen).to.have.length(1);
    await parsed('acme', '--refresh');
    expect(server.seen).to.have.length(2);
  });

  it('shows without a profile what the enabled ones name, asks nobody, and tells who cannot be shown', async () => {
    const { stdout, stderr, code } = await models('--json');
    const { profiles } = JSON.parse(stdout) as Printed;
    expect(code).to.equal(0);
    expect(server.seen).to.have.length(0);
    expect(stderr).to.include('nobody-brings-this');
    expect(profiles.map(({ profile, fetched_at }) => [profile, fetched_at])).to.deep.equal([['acme', null]]);
    expect(profiles[0]?.models.map(({ id, source, used_for }) => [id, source, used_for])).to.deep.equal([
      ['fast', 'plugin', ['default', 'haiku']],
      ['own', 'plugin', ['opus']],
    ]);
    const { stdout: table } = await models('--refresh');
    expect(table)
      .to.match(/^acme\/fast +262k\/65\.5k/m)
      .and.to.match(/^acme\/own/m)
      .and.not.include('odd');
  });

  it('tells on stderr why there is no list, and shows what is known', async () => {
    await server.stop();
    const { code, stdout, stderr } = await models('acme');
    expect(code).to.equal(0);
    expect(stderr).to.include('gave no list of models').and.not.include(KEY);
    expect(stdout).to.include('fast').and.include('plugin');
  });

  it('lets the proxy ask for no longer answer than the list allows', async () => {
    await models('acme');
    const config = await readFile(home.configFile, 'utf8');
    const proxy = await startReloading({ home, config, environment: { CLAUDEX_KEYRING: 'file' } });
    try {
      const answer = await proxy.fetch('/proxy/acme/v1/messages', {
        method: 'POST',
        body: JSON.stringify({ model: 'fast', max_tokens: 200_000, messages: [{ role: 'user', content: 'hello' }] }),
      });
      expect(answer.status).to.equal(200);
      const { body } = server.seen.findLast(({ method }) => method === 'POST') ?? { body: '{}' };
      expect(Object.values(JSON.parse(body) as object))
        .to.include(65_536)
        .and.not.include(200_000);
    } finally {
      proxy.process.child.kill('SIGTERM');
    }
  });

  it('knows the built-in demo', async () => {
    const { models: rows } = (await parsed('demo')).profiles[0] ?? { models: [] };
    expect(rows.find(({ id }) => id === 'demo')?.used_for).to.include('default');
    expect(rows.map(({ id }) => id)).to.include('demo-tools');
  });

  it('refuses a profile that is not there', async () => {
    const { code, stdout } = await models('nope', '--json');
    expect(code).to.equal(1);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'profile-not-found');
  });

  it('fetches the public list with --refresh, where the configuration wants it', async () => {
    const toml = (refresh: boolean): string =>
      `[[profiles]]\nname = "g"\nprovider = "groq"\napi_key = "${KEY}"\nbase_url = "http://127.0.0.1:9"\n[catalogue]\nrefresh = ${refresh}\nurl = "${server.url}/api.json"\n`;
    const asked: string[] = [];
    await server.stop();
    server = await serve(({ url }, response) => {
      asked.push(url);
      const limit = { context: 333_000, output: 7_000 };
      response.end(JSON.stringify({ groq: { models: { x: { id: 'openai/gpt-oss-120b', limit } } } }));
    });
    await home.writeConfig(toml(false));
    await models('--refresh');
    expect(asked).to.deep.equal([]);
    await home.writeConfig(toml(true));
    await models();
    expect(asked, 'nobody is asked without the flag').to.deep.equal([]);
    const { profiles } = await parsed('--refresh');
    expect(asked).to.deep.equal(['/api.json']);
    const found = profiles[0]?.models.find(({ id }) => id === 'openai/gpt-oss-120b');
    expect(found).to.include({ source: 'public', context_window: 333_000, max_output_tokens: 7_000 });
    await server.stop();
    server = await serve((_request, response) => void response.writeHead(500).end());
    await home.writeConfig(toml(true));
    const { code, stdout, stderr } = await models('--refresh', '--json');
    expect(code).to.equal(0);
    expect(stderr).to.match(/the public list of models at .* was answered with status 500/);
    expect(stdout).to.include('gpt-oss-120b');
  });
});
