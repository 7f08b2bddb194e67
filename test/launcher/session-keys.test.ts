import { expect } from 'chai';
import { sessionKeys } from '../../src/launcher/index.ts';

describe('the keys that a session lends', () => {
  it('collects the key variables of a profile and its backups that are set, and no others', () => {
    const owners = [
      { profile: { api_key_env: 'MINE' }, provider: { keyVariables: ['VENDOR_KEY', 'VENDOR_TOKEN'] } },
      { profile: {}, provider: { keyVariables: ['BACKUP_KEY'] } },
      { profile: {}, provider: {} },
    ];
    const environment = { MINE: '1', VENDOR_TOKEN: '2', BACKUP_KEY: '3', VENDOR_KEY: '', UNRELATED: '4' };
    expect(sessionKeys(owners, environment)).to.deep.equal({ MINE: '1', VENDOR_TOKEN: '2', BACKUP_KEY: '3' });
  });
});
