import { expect } from 'chai';
import { completeProfile } from '../../src/config/index.ts';
import type { ProfileAnswers } from '../../src/wizard/answers.ts';
import { answersOf, changedKeys, editsOf } from '../../src/wizard/edit-changes.ts';
import { acmeAt } from './support/bench.ts';

const before: ProfileAnswers = {
  name: 'a',
  providerType: 'OpenAICompatible',
  baseUrl: 'https://api.acme.example/v1',
  key: { from: 'file', secret: 'secret-key' },
  model: 'm',
  slots: { opus: 'large' },
  backups: ['b', 'c'],
};
const change = (after: Partial<ProfileAnswers>) => ({
  before,
  after: { ...before, ...after },
  provider: undefined,
});
const files = [
  {
    file: 'global.toml',
    values: { name: 'a', default_model: 'm', api_key: 'secret-key', backup_providers: ['b', 'c'] },
  },
  {
    file: 'project.toml',
    values: { name: 'a', models: { opus: 'large' }, api_key: 'secret-key' },
  },
];

describe('the changes of a profile', () => {
  it('are none when nothing is answered otherwise', () => {
    const profile = completeProfile({
      name: 'a',
      provider_type: 'OpenAICompatible',
      base_url: 'https://api.acme.example/v1',
      api_key: 'secret-key',
      default_model: 'm',
      models: { opus: 'large' },
      backup_providers: ['b', 'c'],
    });
    expect(answersOf(profile)).to.deep.equal(before);
    expect(changedKeys(change(answersOf(profile)))).to.deep.equal([]);
  });

  it('keep what stands there although the provider says the same, and nothing of it for another provider', () => {
    const acme = acmeAt('https://api.acme.example/v1');
    const same = { ...before, provider: 'acme', model: 'acme-large', slots: { haiku: 'acme-small', fable: 'f' } };
    const changed = changedKeys({ before: same, after: { ...same, backups: [] }, provider: acme });
    expect(changed).to.deep.equal([[['backup_providers'], 'unset', undefined]]);
    const after = { name: 'a', provider: 'other', key: { from: 'nowhere' }, slots: {}, backups: [] } as const;
    const other = { ...acme, id: 'other' };
    expect(
      changedKeys({ before: same, after, provider: other }).map(([path, op]) => `${op} ${path.join('.')}`),
    ).to.have.members([
      'set provider',
      'unset provider_type',
      'unset base_url',
      'unset api_key',
      'unset default_model',
      'unset models.haiku',
      'unset models.fable',
      'unset backup_providers',
    ]);
  });

  it('leave no slot behind that was meant for another model', () => {
    const old = { ...before, slots: { haiku: 'm' } };
    const after = { ...old, model: 'n', slots: { haiku: 'n' } };
    expect(changedKeys({ before: old, after, provider: undefined })).to.deep.equal([
      [['default_model'], 'set', 'n'],
      [['models', 'haiku'], 'unset', undefined],
    ]);
  });

  it('touch one slot and leave the others', () => {
    expect(changedKeys(change({ slots: { haiku: 'small', opus: 'large' } }))).to.deep.equal([
      [['models', 'haiku'], 'set', 'small'],
    ]);
  });

  it('put another kind of key in the place of the one before', () => {
    expect(changedKeys(change({ key: { from: 'variable', variable: 'ACME_KEY' } }))).to.deep.equal([
      [['api_key'], 'unset', undefined],
      [['api_key_env'], 'set', 'ACME_KEY'],
    ]);
  });

  it('go to the file whose value counts, new keys to the one that began the profile, removals to all', () => {
    const after = {
      model: 'n',
      slots: { opus: 'huge', haiku: 'small' },
      key: { from: 'nowhere' },
      backups: ['b'],
    } as const;
    expect(editsOf(change(after), files)).to.deep.equal([
      {
        file: 'global.toml',
        edits: [
          { op: 'unset', path: ['profiles', 'a', 'api_key'] },
          { op: 'set', path: ['profiles', 'a', 'default_model'], value: 'n' },
          { op: 'set', path: ['profiles', 'a', 'backup_providers'], value: ['b'] },
          { op: 'set', path: ['profiles', 'a', 'models', 'haiku'], value: 'small' },
        ],
      },
      {
        file: 'project.toml',
        edits: [
          { op: 'unset', path: ['profiles', 'a', 'api_key'] },
          { op: 'set', path: ['profiles', 'a', 'models', 'opus'], value: 'huge' },
        ],
      },
    ]);
  });
});
