import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

describe('claudex run auto', function () {
  this.timeout(60_000);
  let port: number;
  let home: IsolatedHome;
  let claude: FakeClaude;

  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
    claude = await installFakeClaude(home);
  });
  afterEach(() => home.close());

  const configure = (toml: string): Promise<void> => home.writeConfig(`claude_binary = '${claude.path}'\n${toml}`);
  const profile = (name: string, url: string, more = ''): string =>
    `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "model-of-${name}"\n${more}\n`;
  const run = (
    args: readonly string[],
    environment: { readonly [name: string]: string } = {},
  ): Promise<ProcessResult> =>
    runCli(home, ['run', ...args], { environment: { ...claude.reporting(), ...environment } });

  it('starts the profile of the rule "default" and asks it, with a key that only this shell has', async () => {
    const upstream = await startChatUpstream(() => ({ text: 'from b' }));
    try {
      await configure(
        `[router]\nenabled = true\nprofile = "a"\nrules = { default = "b" }\n${profile('a', 'http://127.0.0.1:9')}${profile('b', `${upstream.url}/v1`, 'api_key_env = "KEY_OF_B"')}`,
      );
      expect(await run(['auto'], { FAKE_ASK: '1', KEY_OF_B: 'key-b' })).to.include({ code: 0, stderr: '' });
      const { env, answer } = await claude.report();
      expect(env['ANTHROPIC_BASE_URL']).to.match(
        new RegExp(`^http://127\\.0\\.0\\.1:${port}/proxy/auto@[0-9a-f]{16}$`),
      );
      expect(env).to.include({ ANTHROPIC_MODEL: 'model-of-b', ANTHROPIC_DEFAULT_OPUS_MODEL: 'model-of-b' });
      expect(answer?.body.content?.[0]?.text).to.equal('from b');
      expect(upstream.requests[0]?.headers.authorization).to.equal('Bearer key-b');
    } finally {
      await upstream.close();
    }
  });

  it('shows the plain address with --dry-run, and the default profile while the router is off', async () => {
    await configure(
      `default_profile = "b"\n${profile('a', 'http://127.0.0.1:9')}${profile('b', 'http://127.0.0.1:9')}`,
    );
    const { stdout } = await run(['auto', '--dry-run', '--json']);
    expect(JSON.parse(stdout))
      .to.have.property('environment')
      .that.includes({
        ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}/proxy/auto`,
        ANTHROPIC_MODEL: 'model-of-b',
      });
  });

  it('says what to do when no profile is enabled, before anything is started', async () => {
    await configure(profile('off', 'http://127.0.0.1:9', 'enabled = false'));
    const { code, stderr } = await run(['auto']);
    expect(code).to.equal(1);
    expect(stderr).to.include('no profile is enabled').and.include('claudex profile add');
    expect(await claude.hasStarted()).to.equal(false);
  });

  it('proposes the nearest profile for a name that is none', async () => {
    await configure(profile('deepseek', 'http://127.0.0.1:9'));
    const { code, stderr } = await run(['depseek']);
    expect(code).to.equal(1);
    expect(stderr).to.include('did you mean "deepseek"?');
    expect(await claude.hasStarted()).to.equal(false);
  });
});
