import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProfiles } from '../../../src/doctor/checks/profiles.ts';
import type { Diagnosis } from '../../../src/doctor/finding.ts';
import { openSecretStore } from '../../../src/state/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

const PROFILE =
  '[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n';

describe('doctor: profiles', () => {
  const folder = temporaryFolder();

  async function judge(toml: string, environment: NodeJS.ProcessEnv = {}): Promise<readonly Diagnosis[]> {
    const installation = installationIn(folder(), { environment });
    writeFileSync(join(folder(), 'config', 'config.toml'), toml, { mode: 0o600 });
    return checkProfiles(installation);
  }

  it('says how to begin without a profile', async () => {
    const [none] = await judge('');
    expect(none).to.include({ id: 'profiles', state: 'warning', title: 'No profile is configured' });
    expect(none?.remedy).to.contain('claudex profile add').and.contain('claudex run demo');
  });

  it('is content with a key in a variable, and names the variable', async () => {
    const [found, ...others] = await judge(`${PROFILE}api_key_env = "P_KEY"`, { P_KEY: 'canary-key' });
    expect(found).to.include({ id: 'key', state: 'ok', title: 'Profile p' });
    expect(found?.detail).to.contain('P_KEY').and.not.contain('canary');
    expect(others).to.deep.equal([]);
  });

  it('is content with a local server that needs none', async () => {
    expect((await judge(PROFILE))[0]).to.include({ state: 'ok', detail: 'p; needs no key' });
  });

  it('finds a missing key, and only warns where the profile is not enabled', async () => {
    const [found] = await judge(`${PROFILE}api_key_env = "P_KEY"`);
    expect(found).to.include({ id: 'key', state: 'problem', title: 'Profile p cannot be used' });
    expect(found?.remedy).to.contain('P_KEY');
    const [disabled, asleep] = (await judge(`${PROFILE}api_key_env = "P_KEY"\nenabled = false`)).toReversed();
    expect(disabled).to.include({ id: 'key', state: 'warning' });
    expect(asleep).to.include({ id: 'profiles', state: 'warning', title: 'No profile is enabled' });
  });

  it('warns of a key that stands in the file, without showing it', async () => {
    const [found] = await judge(`${PROFILE}api_key = "canary-0123456789"`);
    expect(found).to.include({ id: 'key', state: 'warning', title: 'Profile p has its key in the configuration' });
    expect(JSON.stringify(found)).to.not.contain('canary');
  });

  it('finds a key in the keyring, and says when the entry is missing', async () => {
    process.env['CLAUDEX_KEYRING'] = 'file';
    try {
      const toml = `${PROFILE}api_key_keyring = "my-entry"`;
      expect((await judge(toml))[0]).to.include({ id: 'key', state: 'problem' });
      await (await openSecretStore(join(folder(), 'data', 'state'))).set('my-entry', 'canary-key');
      const [found] = await judge(toml);
      expect(found).to.include({ id: 'key', state: 'ok' });
      expect(found?.detail).to.contain('keyring, entry my-entry').and.not.contain('canary');
    } finally {
      delete process.env['CLAUDEX_KEYRING'];
    }
  });

  it('finds a provider that no plugin brings', async () => {
    const [found] = await judge('[[profiles]]\nname = "p"\nprovider = "nobody"');
    expect(found).to.include({ id: 'provider', state: 'problem' });
    expect(found?.detail).to.contain('nobody');
  });

  it('knows that claude logs in itself', async () => {
    const [found] = await judge(
      '[[profiles]]\nname = "max"\nauth_type = "oauth"\noauth_provider = "claude"\nbase_url = "https://api.anthropic.com"\ndefault_model = "m"',
    );
    expect(found).to.include({ state: 'ok', detail: 'claude logs in itself' });
  });

  it('says nothing where the configuration is broken, which another check says', async () => {
    expect(await judge('[[')).to.deep.equal([]);
  });
});
