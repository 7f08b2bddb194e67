import { expect } from 'chai';
import { isClaudexError } from '../../src/errors/index.ts';
import { planRemoval } from '../../src/wizard/plan-removal.ts';
import { loadedFrom } from '../support/configuration.ts';

const NONE: ReadonlySet<string> = new Set();
const CONFIGURATION = `
default_profile = "old"
[[profiles]]
name = "old"
base_url = "https://old.example"
default_model = "m"
api_key_keyring = "old-api-key"
[[profiles]]
name = "new"
base_url = "https://new.example"
default_model = "m"
backup_providers = ["old", "third"]
backup_models = { old = "m", third = "n" }
[[profiles]]
name = "third"
base_url = "https://third.example"
default_model = "m"
api_key_keyring = "shared"
backup_providers = ["old"]
[[profiles]]
name = "fourth"
base_url = "https://fourth.example"
default_model = "m"
api_key_keyring = "shared"
[router]
profile = "old"
rules = { code = "old", search = "new" }
[context.compression]
profile = "old"
`;

describe('planning the removal of a profile', () => {
  it('takes every setting that names it out first, then the profile', async () => {
    const loaded = await loadedFrom(CONFIGURATION);
    const { edits, references } = planRemoval('old', loaded, NONE);
    expect(edits).to.have.length(1);
    expect(edits[0]?.edits).to.deep.equal([
      { op: 'unset', path: ['default_profile'] },
      { op: 'unset', path: ['router', 'profile'] },
      { op: 'unset', path: ['context', 'compression', 'profile'] },
      { op: 'unset', path: ['router', 'rules', 'code'] },
      { op: 'set', path: ['profiles', 'new', 'backup_providers'], value: ['third'] },
      { op: 'unset', path: ['profiles', 'new', 'backup_models', 'old'] },
      { op: 'unset', path: ['profiles', 'third', 'backup_providers'] },
      { op: 'unset', path: ['profiles', 'old'] },
    ]);
    expect(references.join('\n')).to.contain('router.rules.code (').and.to.contain('profiles.new.backup_models.old (');
  });

  it('proposes to delete a key only when no other profile uses it', async () => {
    const loaded = await loadedFrom(CONFIGURATION);
    expect(planRemoval('old', loaded, NONE).entries).to.deep.equal(['old-api-key']);
    expect(planRemoval('third', loaded, NONE).entries).to.deep.equal([]);
  });

  it('knows the names when it is asked for another one: exit code 1', async () => {
    const loaded = await loadedFrom(CONFIGURATION);
    try {
      planRemoval('odl', loaded, NONE);
      expect.fail('it was planned');
    } catch (error) {
      if (!isClaudexError(error)) throw error;
      expect(error).to.include({ code: 'profile-not-found', exitCode: 1 });
      expect(error.remedy).to.contain('old, new, third');
    }
  });

  it('leaves files alone that are not trusted', async () => {
    const loaded = await loadedFrom(CONFIGURATION);
    const [file = ''] = loaded.layers.flatMap((layer) => layer.file ?? []);
    const { edits } = planRemoval('old', loaded, new Set([file]));
    expect(edits).to.deep.equal([{ file, edits: [{ op: 'unset', path: ['profiles', 'old'] }] }]);
  });
});
