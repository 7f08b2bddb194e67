import { expect } from 'chai';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSecretStore, readSecrets } from '../../../src/state/index.ts';
import { SystemKeyring, type KeyringEntry } from '../../../src/state/keyring/system-keyring.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FakeKeyring } from './support/fake-keyring.ts';

const FILE = { environment: { CLAUDEX_KEYRING: 'file' } };
const working = (keyring: FakeKeyring) => ({
  environment: {},
  keyring,
  probe: async () => ({ works: true }),
});

describe('the store of secrets', () => {
  const folder = temporaryFolder();

  describe('in files', () => {
    it('says that it is one, and why', async () => {
      expect(await openSecretStore(folder(), FILE)).to.include({ backend: 'file', why: 'CLAUDEX_KEYRING=file' });
      const probe = async () => ({ works: false, why: 'nobody is there' });
      const store = await openSecretStore(folder(), { environment: {}, probe });
      expect(store).to.include({ backend: 'file', why: 'nobody is there' });
    });

    it('keeps, replaces and forgets a secret, whatever the entry is called', async () => {
      const store = await openSecretStore(folder(), FILE);
      for (const entry of ['acme-api-key', '../../etc/passwd', 'é ü\n', '__proto__', 'x'.repeat(5_000)]) {
        expect(await store.get(entry)).to.equal(undefined);
        await store.set(entry, 'first');
        await store.set(entry, `second of ${entry}`);
        expect(await store.get(entry)).to.equal(`second of ${entry}`);
        expect(await store.delete(entry)).to.equal(true);
        expect(await store.delete(entry)).to.equal(false);
        expect(await store.get(entry)).to.equal(undefined);
      }
      expect(await readdir(join(folder(), 'secrets'))).to.deep.equal([]);
    });

    it('lets nobody else read them, and closes a file that others could read', async () => {
      const store = await openSecretStore(folder(), FILE);
      await store.set('a', 'secret');
      const [name = ''] = await readdir(join(folder(), 'secrets'));
      const file = join(folder(), 'secrets', name);
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      expect((await stat(join(folder(), 'secrets'))).mode & 0o777).to.equal(0o700);
      await chmod(file, 0o644);
      await store.get('a');
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
    });

    it('loses nothing when many write at once', async () => {
      const entries = Array.from({ length: 30 }, (_, at) => `entry-${at}`);
      await Promise.all(
        entries.map(async (entry) => (await openSecretStore(folder(), FILE)).set(entry, `of ${entry}`)),
      );
      const store = await openSecretStore(folder(), FILE);
      for (const entry of entries) expect(await store.get(entry)).to.equal(`of ${entry}`);
    });

    it('names a damaged file without what is in it', async () => {
      const store = await openSecretStore(folder(), FILE);
      await store.set('a', 'secret');
      const [name = ''] = await readdir(join(folder(), 'secrets'));
      await writeFile(join(folder(), 'secrets', name), 'sk-half-a-secr');
      const refusal = await refusalOf(store.get('a'));
      expect(refusal).to.include({ code: 'secret-damaged', exitCode: 1 });
      expect(refusal.message).to.include(name).and.not.include('sk-half');
    });
  });

  describe('in the keyring', () => {
    it('puts a secret there, and nowhere else', async () => {
      const keyring = new FakeKeyring();
      const store = await openSecretStore(folder(), working(keyring));
      expect(store.backend).to.equal('keyring');
      await store.set('a', 'very-secret');
      expect(keyring.entries.get('a')).to.equal('very-secret');
      for (const name of await readdir(join(folder(), 'secrets'))) {
        expect(await readFile(join(folder(), 'secrets', name), 'utf8')).not.to.include('very-secret');
      }
    });

    it('finds what is in a file from the time when there was no keyring, until it is replaced', async () => {
      const keyring = new FakeKeyring();
      await (await openSecretStore(folder(), FILE)).set('a', 'of the file');
      const store = await openSecretStore(folder(), working(keyring));
      expect(await store.get('a')).to.equal('of the file');
      await store.set('a', 'of the keyring');
      expect(await store.get('a')).to.equal('of the keyring');
      expect(await (await openSecretStore(folder(), FILE)).get('a')).to.equal(undefined);
    });

    it('forgets a secret wherever it is', async () => {
      const keyring = new FakeKeyring();
      const store = await openSecretStore(folder(), working(keyring));
      await store.set('a', 'one');
      await (await openSecretStore(folder(), FILE)).set('a', 'two');
      expect(await store.delete('a')).to.equal(true);
      expect(await store.get('a')).to.equal(undefined);
      expect(await store.delete('a')).to.equal(false);
    });

    it('keeps the secret in its file when the keyring refuses to take it over', async () => {
      const keyring = new FakeKeyring();
      await (await openSecretStore(folder(), FILE)).set('a', 'old');
      keyring.isLocked = true;
      const store = await openSecretStore(folder(), working(keyring));
      expect((await refusalOf(store.set('a', 'new'))).code).to.equal('keyring-refused');
      expect(await store.get('a')).to.equal('old');
    });
  });

  it('refuses a choice that it does not know', async () => {
    const refusal = await refusalOf(openSecretStore(folder(), { environment: { CLAUDEX_KEYRING: 'maybe' } }));
    expect(refusal).to.include({ code: 'keyring-choice-unknown', exitCode: 2 });
  });

  it('reads many entries, asks the keyring only for what no file has, and tells what it could not read', async () => {
    const keyring = new FakeKeyring();
    await (await openSecretStore(folder(), FILE)).set('in-file', 'one');
    keyring.entries.set('in-keyring', 'two');
    const all = await readSecrets(folder(), ['in-file', 'in-keyring', 'nowhere', 'in-file'], working(keyring));
    expect([...all.secrets]).to.deep.equal([
      ['in-file', 'one'],
      ['in-keyring', 'two'],
    ]);
    expect(all.problems).to.deep.equal([]);
    expect(keyring.asked).to.deep.equal(['in-keyring', 'nowhere']);
    keyring.isLocked = true;
    const some = await readSecrets(folder(), ['in-keyring', 'in-file'], working(keyring));
    expect([...some.secrets.keys()]).to.deep.equal(['in-file']);
    expect(some.problems).to.have.length(1);
    expect(some.problems[0]).to.include('"in-keyring"');
  });

  it('asks a keyring that does not answer only once, and finds what is in files all the same', async () => {
    const asked: string[] = [];
    const open = async (name: string): Promise<KeyringEntry> => {
      asked.push(name);
      return new Promise(() => undefined);
    };
    await (await openSecretStore(folder(), FILE)).set('in-file', 'one');
    const options = { environment: { CLAUDEX_KEYRING: 'system' }, keyring: new SystemKeyring(open, 20) };
    const read = await readSecrets(folder(), ['a', 'b', 'in-file', 'c'], options);
    expect([...read.secrets]).to.deep.equal([['in-file', 'one']]);
    expect(read.problems).to.have.length(1);
    expect(asked).to.deep.equal(['a']);
  });
});
