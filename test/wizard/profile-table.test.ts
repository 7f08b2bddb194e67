import { defineProvider } from '@claudex/sdk';
import { expect } from 'chai';
import type { ProfileAnswers } from '../../src/wizard/answers.ts';
import { draftOf, presetSlots, profileTable } from '../../src/wizard/profile-table.ts';

const acme = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  baseUrl: 'https://api.acme.example/v1',
  models: { default: 'middle', haiku: 'small', opus: 'large' },
});
const plain: ProfileAnswers = { name: 'a', provider: 'acme', key: { from: 'nowhere' }, slots: {}, backups: [] };
const own: ProfileAnswers = {
  name: 'b',
  providerType: 'OpenAICompatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  key: { from: 'nowhere' },
  model: 'm',
  slots: {},
  backups: [],
};

describe('what is written for the answers of the wizard', () => {
  it('leaves out what the provider says anyway, so that the profile follows its plugin', () => {
    const same = { model: 'middle', slots: presetSlots(acme, 'middle'), baseUrl: 'https://api.acme.example/v1' };
    expect(profileTable({ ...plain, ...same }, acme)).to.deep.equal({ name: 'a', provider: 'acme' });
  });

  it('writes a slot that the provider would fill with another model', () => {
    const answers = { ...plain, model: 'other', slots: { haiku: 'other', sonnet: 'other', opus: 'large' } };
    expect(profileTable(answers, acme)).to.deep.equal({
      name: 'a',
      provider: 'acme',
      default_model: 'other',
      models: { haiku: 'other' },
    });
  });

  it('writes everything of a profile that is its own provider, but no slot that its model serves', () => {
    const answers = { ...own, slots: { haiku: 'm', opus: 'large' }, backups: ['a'] };
    expect(profileTable(answers, undefined)).to.deep.equal({
      name: 'b',
      provider_type: 'OpenAICompatible',
      base_url: 'http://127.0.0.1:1/v1',
      default_model: 'm',
      models: { opus: 'large' },
      backup_providers: ['a'],
    });
  });

  it('writes of a key where it is, and the key itself only when that was chosen', () => {
    const written = (key: ProfileAnswers['key']) => profileTable({ ...plain, key }, acme);
    expect(written({ from: 'variable', variable: 'ACME_KEY' })).to.have.property('api_key_env', 'ACME_KEY');
    expect(written({ from: 'entry', entry: 'mine' })).to.have.property('api_key_keyring', 'mine');
    expect(written({ from: 'file', secret: 'secret-key' })).to.have.property('api_key', 'secret-key');
    const kept = written({ from: 'keyring', secret: 'secret-key' });
    expect(kept).to.deep.equal({ name: 'a', provider: 'acme', api_key_keyring: 'a-api-key' });
  });

  it('tries a key that is yet to be stored as if it stood in the profile', () => {
    const draft = draftOf({ ...plain, key: { from: 'keyring', secret: 'secret-key' } }, acme);
    expect(draft).to.deep.equal({ name: 'a', provider: 'acme', api_key: 'secret-key' });
  });

  it('proposes for every slot what serves it when nobody says anything', () => {
    expect(presetSlots(acme, 'middle')).to.deep.equal({ haiku: 'small', sonnet: 'middle', opus: 'large' });
    expect(presetSlots(undefined, 'm')).to.deep.equal({ haiku: 'm', sonnet: 'm', opus: 'm' });
  });
});
