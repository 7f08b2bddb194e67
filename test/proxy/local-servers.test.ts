import { expect } from 'chai';
import { ollama } from '@claudex/plugin-provider-local';
import { serveOllama, type OllamaModel } from '../local/support/fake-ollama.ts';
import { startTestProxy, question, type TestProxy } from '../support/proxy.ts';
import type { TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A model that was not loaded is asked about again after two seconds. */
const isAskedAgain = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_100));

describe('a proxy with servers on this machine', () => {
  const folder = temporaryFolder();
  let models: readonly OllamaModel[];
  let server: TestServer;

  beforeEach(async () => {
    models = [{ name: 'phi:14b' }, { name: 'qwen3-coder:30b', running: 65_536 }];
    server = await serveOllama(() => models);
  });
  afterEach(() => server.stop());

  const start = (toml = ''): Promise<TestProxy> =>
    startTestProxy(toml, {
      providers: [ollama],
      environment: { OLLAMA_HOST: `127.0.0.1:${server.port}` },
      cacheFolder: folder(),
    });
  const answers = (): string[] =>
    server.seen.flatMap(({ url, body }) =>
      url === '/v1/chat/completions' ? [(JSON.parse(body) as { model: string }).model] : [],
    );
  const lists = (): number => server.seen.filter(({ url }) => url === '/api/tags').length;

  it('serves "local" by the server that runs, and asks it for its models once', async () => {
    await using proxy = await start();
    for (let n = 0; n < 2; n += 1) {
      const answer = await proxy.post('/proxy/local/v1/messages', question({ model: 'claude-sonnet-5-5' }));
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('x-claudex-model')).to.equal('qwen3-coder:30b');
    }
    expect(answers()).to.deep.equal(['qwen3-coder:30b', 'qwen3-coder:30b']);
    expect(lists()).to.equal(1);
    const { data } = (await (await proxy.fetch('/proxy/local/v1/models')).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).to.include('qwen3-coder:30b');
    const all = (await (await proxy.fetch('/v1/models')).json()) as { data: unknown[] };
    expect(all.data).to.deep.equal([]);
  });

  it('finds the model of a profile that names none, also of a backup', async () => {
    await using proxy = await start(
      `[[profiles]]\nname = "mine"\nprovider = "ollama"\n[[profiles]]\nname = "dead"\nbase_url = "http://127.0.0.1:1"\ndefault_model = "m"\nbackup_providers = ["mine"]\n[retry]\nmax_attempts = 2\n`,
    );
    for (const name of ['mine', 'dead']) {
      const answer = await proxy.post(`/proxy/${name}/v1/messages`, question({ model: 'claude-opus-5-5' }));
      expect([name, answer.status, answer.headers.get('x-claudex-model')]).to.deep.equal([
        name,
        200,
        'qwen3-coder:30b',
      ]);
    }
  });

  it('keeps the model of a session while its server has it, whatever else is loaded', async () => {
    models = [{ name: 'phi:14b' }];
    await using proxy = await start();
    const asked = async (): Promise<string | null> => {
      const answer = await proxy.post('/proxy/local/v1/messages', question({ model: 'claude-sonnet-5-5' }));
      return answer.headers.get('x-claudex-model');
    };
    expect(await asked()).to.equal('phi:14b');
    models = [{ name: 'phi:14b' }, { name: 'qwen3-coder:30b', running: 65_536 }];
    await isAskedAgain();
    expect(await asked()).to.equal('phi:14b');
    models = models.slice(1);
    await isAskedAgain();
    expect(await asked()).to.equal('qwen3-coder:30b');
  });

  it('refuses a prompt that the window cannot hold with which the model turned out to be loaded', async () => {
    models = [{ name: 'm:1', possible: 262_144 }];
    await using proxy = await start('[[profiles]]\nname = "mine"\nprovider = "ollama"\ndefault_model = "m:1"\n');
    const long = question({ model: 'm:1', messages: [{ role: 'user', content: 'some words '.repeat(8_000) }] });
    expect((await proxy.post('/proxy/mine/v1/messages', long)).status).to.equal(200);
    models = [{ name: 'm:1', running: 4_096 }];
    await isAskedAgain();
    const refused = await proxy.post('/proxy/mine/v1/messages', long);
    expect(refused.status).to.equal(400);
    expect(await refused.text()).to.match(/prompt is too long: \d+ tokens > 4096 maximum/);
    expect(answers()).to.have.length(1);
  });

  it('says what to start where no server runs, and finds it as soon as it does', async () => {
    await using proxy = await start();
    const { port } = server;
    await server.stop();
    const refused = await proxy.post('/proxy/local/v1/messages', question());
    expect([refused.status, refused.headers.get('x-should-retry')]).to.deep.equal([503, 'false']);
    expect(await refused.text()).to.include('ollama serve');
    server = await serveOllama(() => models, port);
    expect((await proxy.post('/proxy/local/v1/messages', question())).status).to.equal(200);
  });
});
