import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { TestServer } from '../support/serve.ts';
import { serveOllama, type OllamaModel } from '../local/support/fake-ollama.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

const READY: OllamaModel = { name: 'qwen3-coder:30b', running: 65_536 };
const OTHER: OllamaModel = { name: 'phi:14b' };

interface Described {
  readonly environment: { readonly [name: string]: string };
}

describe('claudex run local', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;
  let ollama: TestServer;
  let models: readonly OllamaModel[];

  beforeEach(async () => {
    models = [OTHER, READY];
    ollama = await serveOllama(() => models);
    const closed = `127.0.0.1:${await freePort()}`;
    home = await isolatedHome({
      CLAUDEX_PROXY_PORT: String(await freePort()),
      OLLAMA_HOST: `0.0.0.0:${ollama.port}`,
      LMSTUDIO_HOST: closed,
      LLAMACPP_HOST: closed,
      VLLM_HOST: closed,
    });
    claude = await installFakeClaude(home);
    await home.writeConfig(`claude_binary = '${claude.path}'\n`);
  });
  afterEach(async () => {
    await home.close();
    await ollama.stop();
  });

  const run = (args: readonly string[], environment: { readonly [name: string]: string } = {}) =>
    runCli(home, ['run', ...args], { environment: { ...claude.reporting(), ...environment } });
  const environmentOf = async (name = 'local'): Promise<Described['environment']> =>
    (JSON.parse((await run([name, '--dry-run', '--json'])).stdout) as Described).environment;

  it('starts claude on the loaded model of the server that OLLAMA_HOST names, with its real window', async () => {
    const { code, stderr } = await run(['local', '-p', 'hello'], { FAKE_ASK: '1' });
    const { env, answer } = await claude.report();
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(env).to.include({ ANTHROPIC_MODEL: 'qwen3-coder:30b', CLAUDE_CODE_MAX_CONTEXT_TOKENS: '65536' });
    expect(env['ANTHROPIC_BASE_URL']).to.match(/\/proxy\/local@[0-9a-f]{16}$/);
    expect(answer?.body.content?.[0]?.text).to.equal('hello');
    const asked = ollama.seen.find(({ url }) => url === '/v1/chat/completions');
    expect(JSON.parse(asked?.body ?? '{}')).to.include({ model: 'qwen3-coder:30b' });
  });

  it('shows with --dry-run what it would start, and warns on stderr of a window that is too small', async () => {
    models = [{ name: 'small:7b', running: 4_096, capabilities: ['completion'] }];
    const { code, stdout, stderr } = await run(['local', '--dry-run']);
    expect(code).to.equal(0);
    expect(stdout).to.include('export ANTHROPIC_MODEL=small:7b').and.include('/proxy/local');
    expect(stderr).to.include('Ollama gives small:7b a window of 4.1k tokens, and cuts longer prompts without a word');
    expect(stderr).to.include('OLLAMA_CONTEXT_LENGTH=65536 ollama serve').and.include('cannot call tools');
    expect(await claude.hasStarted()).to.equal(false);
  });

  it('takes the model that is asked for, and says when it is not loaded', async () => {
    const { stdout, stderr } = await run(['local', '-m', 'phi:14b', '--dry-run']);
    expect(stdout).to.include('export ANTHROPIC_MODEL=phi:14b');
    expect(stdout).to.include('ANTHROPIC_DEFAULT_HAIKU_MODEL=phi:14b');
    expect(stderr).to.include('has not loaded phi:14b yet');
    models = [{ name: 'phi:latest', running: 40_960 }];
    const { stdout: short } = await run(['local', '-m', 'phi', '--dry-run']);
    expect(short).to.include('ANTHROPIC_MODEL=phi\n').and.include('CLAUDE_CODE_MAX_CONTEXT_TOKENS=40960');
  });

  it('knows a window that has changed since', async () => {
    expect((await environmentOf())['CLAUDE_CODE_MAX_CONTEXT_TOKENS']).to.equal('65536');
    models = [{ ...READY, running: 40_960 }];
    expect((await environmentOf())['CLAUDE_CODE_MAX_CONTEXT_TOKENS']).to.equal('40960');
  });

  it('finds the model of a configured profile that names none, and leaves a profile of that name alone', async () => {
    const profiles =
      '[[profiles]]\nname = "mine"\nprovider = "ollama"\n[[profiles]]\nname = "local"\nprovider = "ollama"\ndefault_model = "phi:14b"\n';
    await home.writeConfig(`claude_binary = '${claude.path}'\n${profiles}`);
    expect((await environmentOf('mine'))['ANTHROPIC_MODEL']).to.equal('qwen3-coder:30b');
    expect((await environmentOf('local'))['ANTHROPIC_MODEL']).to.equal('phi:14b');
  });

  it('says what was tried and how a server is started where none runs, and starts nothing', async () => {
    await ollama.stop();
    const { code, stderr } = await run(['local']);
    expect(code).to.equal(1);
    expect(stderr)
      .to.include(`Ollama at http://127.0.0.1:${ollama.port}: cannot be reached`)
      .and.include('vLLM at http://127.0.0.1:');
    expect(stderr).to.include('"ollama serve"').and.include('"lms server start"').and.include('--jinja');
    expect(await claude.hasStarted()).to.equal(false);
  });

  it('says how Ollama gets a model where it has none', async () => {
    models = [];
    const { code, stderr } = await run(['local']);
    expect(code).to.equal(1);
    expect(stderr).to.include('has no model').and.include('ollama pull');
  });

  it('names the variable where OLLAMA_HOST is no address, without a password in it', async () => {
    const { code, stderr } = await run(['local'], { OLLAMA_HOST: 'http://me:secret-word@box' });
    expect(code).to.equal(2);
    expect(stderr).to.include('OLLAMA_HOST').and.not.include('secret-word');
  });

  it('is what "claudex models local" lists', async () => {
    const { code, stdout } = await runCli(home, ['models', 'local', '--json']);
    expect(code).to.equal(0);
    const { profiles } = JSON.parse(stdout) as {
      profiles: { profile: string; models: { id: string; context_window: number; used_for: string[] }[] }[];
    };
    expect(profiles[0]?.profile).to.equal('local');
    expect(profiles[0]?.models.map(({ id, context_window, used_for }) => [id, context_window, used_for])).to.deep.equal(
      [
        ['phi:14b', 262_144, []],
        ['qwen3-coder:30b', 65_536, ['default']],
      ],
    );
    expect((await runCli(home, ['models', 'local'], { environment: { OLLAMA_HOST: '127.0.0.1:1' } })).code).to.equal(1);
  });
});
