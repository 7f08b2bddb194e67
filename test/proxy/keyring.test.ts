import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSecretStore, type SecretStore } from '../../src/state/index.ts';
import { isolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';
import { profile as openProfile, startReloading, type ReloadingProxy } from './reload/support/reloading-proxy.ts';

const FILE = { CLAUDEX_KEYRING: 'file' };
const FIRST = 'sk-canary-first-0123456789';
const SECOND = 'sk-canary-second-9876543210';

describe('a profile whose key is in the keyring', function () {
  this.timeout(120_000);
  let upstream: RecordingServer<ChatRequest>;
  let proxy: ReloadingProxy;
  let store: SecretStore;

  const profile = (name: string, more = ''): string =>
    `${openProfile(name, `${upstream.url}/v1`, name)}api_key_keyring = "${name}-api-key"\n${more}`;

  beforeEach(async () => {
    upstream = await startChatUpstream(() => ({ text: 'hello' }));
    const home = await isolatedHome();
    store = await openSecretStore(join(home.home, '.local/share/claudex/state'), { environment: FILE });
    await store.set('one-api-key', FIRST);
    proxy = await startReloading({ home, config: profile('one') + profile('two'), environment: FILE });
  });
  afterEach(async () => {
    await proxy.process.close();
    await upstream.close();
  });

  /** The key that the provider sees when this profile is asked, or the status of the refusal. */
  const keyOf = async (name: string): Promise<string | number | undefined> => {
    const before = upstream.requests.length;
    const { status } = await proxy.ask(name);
    return upstream.requests.length > before ? upstream.requests.at(-1)?.headers.authorization : status;
  };

  it('shows it to the provider, and to nobody who reads the log', async () => {
    expect(await keyOf('one')).to.equal(`Bearer ${FIRST}`);
    expect(proxy.process.output()).not.to.include(FIRST);
  });

  it('says which entry is missing and how to store it, while the others go on', async () => {
    const answer = await proxy.ask('two');
    expect(answer.status).to.equal(401);
    const text = await answer.text();
    for (const part of ['profile \\"two\\"', 'two-api-key', 'claudex profile edit two --keyring']) {
      expect(text).to.include(part);
    }
    expect(await keyOf('one')).to.equal(`Bearer ${FIRST}`);
  });

  it('shows another one as soon as it is stored, and none once it is deleted', async () => {
    await store.set('two-api-key', SECOND);
    await waitUntil('the stored key', async () => (await keyOf('two')) === `Bearer ${SECOND}`, 20_000);
    await store.set('one-api-key', SECOND);
    await waitUntil('the changed key', async () => (await keyOf('one')) === `Bearer ${SECOND}`, 20_000);
    await store.delete('two-api-key');
    await waitUntil('the refusal', async () => (await keyOf('two')) === 401, 20_000);
    expect(proxy.process.output()).not.to.include(SECOND);
  });

  it('may be a profile that comes while the proxy runs', async () => {
    await store.set('three-api-key', SECOND);
    await proxy.process.home.writeConfig(profile('one') + profile('three'));
    await waitUntil('the new profile', async () => (await keyOf('three')) === `Bearer ${SECOND}`, 20_000);
  });

  it('keeps its key while the keyring cannot be read', async () => {
    const folder = join(proxy.process.home.home, '.local/share/claudex/state/secrets');
    const files = readdirSync(folder).map((name) => join(folder, name));
    const file = files.find((path) => readFileSync(path, 'utf8').includes(FIRST));
    writeFileSync(file ?? '', 'damaged');
    await proxy.process.home.writeConfig(profile('one') + openProfile('three', `${upstream.url}/v1`, 'three'));
    await waitUntil('the new profile', async () => (await proxy.ask('three')).status === 200, 20_000);
    expect(proxy.process.output()).to.include('does not hold the secret');
    expect(await keyOf('one')).to.equal(`Bearer ${FIRST}`);
  });
});
