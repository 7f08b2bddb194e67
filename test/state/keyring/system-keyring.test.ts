import { expect } from 'chai';
import { SystemKeyring, type KeyringEntry } from '../../../src/state/keyring/system-keyring.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const SECRET = 'sk-canary-0123456789';

/** An entry of the library that does what is given, and otherwise answers. */
const entry = (acts: Partial<KeyringEntry>): KeyringEntry => ({
  getPassword: async () => null,
  setPassword: async () => undefined,
  deletePassword: async () => false,
  ...acts,
});

describe('the keyring of the system', () => {
  it('reads, writes and deletes through the library', async () => {
    const done: unknown[] = [];
    const keyring = new SystemKeyring(async (name) =>
      entry({
        getPassword: async () => SECRET,
        setPassword: async (secret) => void done.push([name, secret]),
        deletePassword: async () => true,
      }),
    );
    expect(await keyring.get('a')).to.equal(SECRET);
    await keyring.set('b', SECRET);
    expect(done).to.deep.equal([['b', SECRET]]);
    expect(await keyring.delete('c')).to.equal(true);
  });

  it('has no secret where the library has none', async () => {
    expect(await new SystemKeyring(async () => entry({})).get('a')).to.equal(undefined);
  });

  it('names the entry and a remedy when the library fails, and never what it was given', async () => {
    const setPassword = async (): Promise<never> => {
      throw new Error(`cannot store ${SECRET}`);
    };
    const refusal = await refusalOf(new SystemKeyring(async () => entry({ setPassword })).set('acme-api-key', SECRET));
    expect(refusal).to.include({ code: 'keyring-refused', exitCode: 1 });
    expect(refusal.message).to.include('"acme-api-key"');
    expect(refusal.remedy).to.include('CLAUDEX_KEYRING=file');
    expect(JSON.stringify([refusal.message, refusal.remedy, String(refusal.cause)])).not.to.include(SECRET);
  });

  it('gives up on one that never answers', async () => {
    const getPassword = (): Promise<never> => new Promise(() => undefined);
    const refusal = await refusalOf(new SystemKeyring(async () => entry({ getPassword }), 20).get('a'));
    expect(refusal.code).to.equal('keyring-silent');
    expect(refusal.message).to.include('did not answer');
  });
});
