import { expect } from 'chai';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSecretStore, type SecretStore } from '../../src/state/index.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

const KEY = 'sk-canary-keyring-0123456789';
const FILE = { CLAUDEX_KEYRING: 'file' };

describe('claudex run with a key of the keyring', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;
  let upstream: RecordingServer<ChatRequest>;
  let store: SecretStore;

  beforeEach(async () => {
    upstream = await startChatUpstream(() => ({ text: 'hello' }));
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), ...FILE });
    claude = await installFakeClaude(home);
    const state = join(home.home, '.local/share/claudex/state');
    store = await openSecretStore(state, { environment: FILE });
    const profile = (name: string): string =>
      `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\napi_key_keyring = "${name}-api-key"\n`;
    await home.writeConfig(`claude_binary = '${claude.path}'\n${profile('kept')}${profile('empty')}`);
  });
  afterEach(async () => {
    await home.close();
    await upstream.close();
  });

  const run = (...args: readonly string[]) =>
    runCli(home, ['run', ...args], { environment: { ...claude.reporting(), FAKE_ASK: '1' } });

  it('shows the key to the provider, and neither to claude nor in any file that others may read', async () => {
    await store.set('kept-api-key', KEY);
    const { code, stdout, stderr } = await run('kept');
    expect(code, stderr).to.equal(0);
    expect(upstream.requests.map(({ headers }) => headers.authorization)).to.deep.equal([`Bearer ${KEY}`]);
    expect(JSON.stringify(await claude.report()) + stdout + stderr).not.to.include(KEY);
    const holders = filesBelow(home.root).filter((file) => readFileSync(file).includes(KEY));
    expect(holders.map((file) => statSync(file).mode & 0o777)).to.deep.equal([0o600]);
    expect(holders[0]).to.include('/secrets/');
  });

  it('shows a key that was stored while the proxy ran', async () => {
    await store.set('kept-api-key', 'sk-of-yesterday-0123456789');
    await run('kept');
    await store.set('kept-api-key', KEY);
    await run('kept');
    expect(upstream.requests.at(-1)?.headers.authorization).to.equal(`Bearer ${KEY}`);
  });

  it('starts nothing without the key, and says which entry is missing and how to store it', async () => {
    await store.set('kept-api-key', KEY);
    const { code, stderr } = await run('empty');
    expect(code).to.equal(1);
    for (const part of ['profile "empty"', '"empty-api-key"', 'claudex profile edit empty --keyring']) {
      expect(stderr).to.include(part);
    }
    expect(await claude.hasStarted()).to.equal(false);
    expect((await run('kept')).code).to.equal(0);
  });

  it('masks it where the command is only shown', async () => {
    await store.set('kept-api-key', KEY);
    for (const more of [[], ['--json']]) {
      const { code, stdout } = await run('kept', '--dry-run', ...more);
      expect(code).to.equal(0);
      expect(stdout).not.to.include(KEY);
    }
    expect((await runCli(home, ['profile', 'show', 'kept', '--json'])).stdout).not.to.include(KEY);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
