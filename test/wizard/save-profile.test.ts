import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addProfileEdit } from '../../src/config/index.ts';
import { openSecretStore } from '../../src/state/index.ts';
import { saveProfile } from '../../src/wizard/save-profile.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('storing a profile and its key', () => {
  const folder = temporaryFolder();
  const environment = { CLAUDEX_KEYRING: 'file' };
  const file = (): string => join(folder(), 'config.toml');
  const store = () => openSecretStore(join(folder(), 'state'), { environment });
  const save = (backup: string[]) =>
    saveProfile({
      name: 'a',
      key: { from: 'keyring', secret: 'secret-new' },
      edits: [{ file: file(), edits: [addProfileEdit({ name: 'a', provider: 'demo', backup_providers: backup })] }],
      sources: {
        workingFolder: folder(),
        environment,
        configFolder: folder(),
        stateFolder: join(folder(), 'state'),
      },
    });

  it('puts the key into the secret store and the rest into the file', async () => {
    await save([]);
    expect(await (await store()).get('a-api-key')).to.equal('secret-new');
    expect(readFileSync(file(), 'utf8')).to.contain('name = "a"').and.not.contain('secret-new');
  });

  it('leaves no key behind when the configuration would be wrong', async () => {
    const refusal = await refusalOf(save(['nobody']));
    expect(refusal.exitCode).to.equal(2);
    expect(await (await store()).get('a-api-key')).to.equal(undefined);
    expect(existsSync(file())).to.equal(false);
  });

  it('brings back the key that was there before', async () => {
    await (await store()).set('a-api-key', 'secret-old');
    await refusalOf(save(['nobody']));
    expect(await (await store()).get('a-api-key')).to.equal('secret-old');
  });
});
