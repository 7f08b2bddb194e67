import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { completeProfile, keyringKey } from '../../src/config/index.ts';
import { ClaudexError } from '../../src/errors/index.ts';
import { checkCredential, findCredential } from '../../src/router/credential.ts';

const vendor: Provider = {
  specVersion: 1,
  id: 'vendor',
  title: 'Vendor',
  protocol: 'openai-chat',
  keyVariables: ['VENDOR_KEY'],
  models: { default: 'big' },
};
const KEYS = { MINE: 'of MINE', VENDOR_KEY: 'of convention', [keyringKey('entry')]: 'of the keyring' };
function caught(work: () => void): ClaudexError {
  try {
    work();
  } catch (error) {
    if (error instanceof ClaudexError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const ENTRY = { name: 'v', api_key_keyring: 'entry' };

describe('a credential', () => {
  for (const [what, profile, found] of [
    ['the key in the profile, before all others', { ...ENTRY, api_key: 'own', api_key_env: 'MINE' }, 'profile'],
    ['the variable it names, before the keyring', { ...ENTRY, api_key_env: 'MINE' }, 'api_key_env'],
    ['the keyring, where the variable is not set', { ...ENTRY, api_key_env: 'UNSET' }, 'api_key_keyring'],
    ['the keyring, before what is only convention', ENTRY, 'api_key_keyring'],
    ['the conventional variable, where nothing is named', { name: 'v' }, 'convention'],
  ] as const) {
    it(`comes from ${what}`, () => {
      expect(findCredential(completeProfile(profile), vendor, KEYS).source).to.equal(found);
    });
  }

  it('has the secret of the entry and names it', () => {
    const credential = findCredential(completeProfile(ENTRY), vendor, KEYS);
    expect(credential).to.deep.equal({ source: 'api_key_keyring', value: 'of the keyring', entry: 'entry' });
  });

  it('is not taken from the conventional variable when the entry that is named is missing', () => {
    const credential = findCredential(completeProfile(ENTRY), vendor, { VENDOR_KEY: 'of convention' });
    expect(credential).to.deep.equal({ source: 'none', entry: 'entry' });
  });

  for (const [what, profile, words] of [
    ['the entry', ENTRY, ['"v"', '"entry"', 'claudex profile edit v --keyring']],
    ['the variable and the entry', { ...ENTRY, api_key_env: 'UNSET' }, ['UNSET is not set', '"entry"']],
    ['the variable', { name: 'v', api_key_env: 'UNSET' }, ['UNSET is not set', 'export UNSET']],
  ] as const) {
    it(`that is missing is told with ${what}`, () => {
      const complete = completeProfile(profile);
      const check = (): void => checkCredential(complete, vendor, findCredential(complete, vendor, {}));
      for (const word of words) {
        expect(check)
          .to.throw()
          .that.satisfies(({ message, remedy }: Error & { remedy: string }) => `${message}\n${remedy}`.includes(word));
      }
    });
  }

  for (const [what, profile, keys] of [
    ['its variable', { name: 'v', api_key_env: 'MINE' }, { MINE: ' \tsk-1\r\n' }],
    ['a conventional variable', { name: 'v' }, { VENDOR_KEY: '\nsk-1 ' }],
    ['the keyring', ENTRY, { [keyringKey('entry')]: 'sk-1\r' }],
    ['the profile', { name: 'v', api_key: ' sk-1\n' }, {}],
  ] as const) {
    it(`loses the white space around it that ${what} has`, () => {
      expect(findCredential(completeProfile(profile), vendor, keys).value).to.equal('sk-1');
    });
  }

  it('of nothing but white space is none', () => {
    const keys = { MINE: ' \n', VENDOR_KEY: '\r', [keyringKey('entry')]: '\t' };
    const named = completeProfile({ ...ENTRY, api_key: ' ', api_key_env: 'MINE' });
    expect(findCredential(named, vendor, keys).source).to.equal('none');
    expect(findCredential(completeProfile({ name: 'v' }), vendor, keys).source).to.equal('none');
  });

  for (const [what, profile, keys, words] of [
    ['variable', { name: 'v', api_key_env: 'MINE' }, { MINE: 'sk-1\nsecond' }, ['"v"', 'MINE']],
    ['conventional variable', { name: 'v' }, { VENDOR_KEY: 'sk-1\tsecond' }, ['"v"', 'VENDOR_KEY']],
    ['entry', ENTRY, { [keyringKey('entry')]: 'sk-1\u2013second' }, ['"v"', '"entry"', '--keyring']],
    ['setting', { name: 'v', api_key: 'sk-1\u0000second' }, {}, ['"v"', 'api_key']],
  ] as const) {
    it(`that no header can carry is refused with its ${what}, and is not quoted`, () => {
      for (const provider of [vendor, { ...vendor, needsCredential: false }]) {
        const complete = completeProfile(profile);
        const error = caught(() => checkCredential(complete, provider, findCredential(complete, provider, keys)));
        expect(error).to.include({ code: 'credential-malformed', exitCode: 1 });
        const text = `${error.message}\n${error.remedy}`;
        for (const word of words) expect(text).to.include(word);
        expect(text).not.to.include('second');
      }
    });
  }

  it('may have any other character of Latin-1', () => {
    const profile = completeProfile({ name: 'v', api_key: '!\u00e4 ~\u00ff' });
    expect(() => checkCredential(profile, vendor, findCredential(profile, vendor, {}))).not.to.throw();
  });

  it('may be missing where the provider needs none', () => {
    const local = { ...vendor, needsCredential: false };
    const profile = completeProfile(ENTRY);
    expect(() => checkCredential(profile, local, findCredential(profile, local, {}))).not.to.throw();
  });
});
