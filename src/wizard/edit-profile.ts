import {
  launchesWithoutProxy,
  masked,
  profileNotFound,
  secretsOf,
  type ConfigurationSources,
  type LoadedConfiguration,
  type Profile,
} from '../config/index.ts';
import { failure, usageError } from '../errors/index.ts';
import type { Connectivity } from '../trial/index.ts';
import { secretEntry, type GivenAnswers, type KeyAnswer, type ProfileAnswers } from './answers.ts';
import { keyByDefault, pasteKey, wantsKey } from './ask-key.ts';
import type { TestMode } from './collect-answers.ts';
import { answersOf, changedKeys, editsOf, type Change } from './edit-changes.ts';
import { askChanges } from './edit-menu.ts';
import { entriesOfOthers } from './plan-removal.ts';
import { profileFiles } from './profile-layers.ts';
import { profileTable, type ProfileTable } from './profile-table.ts';
import { saveProfile } from './save-profile.ts';
import { tryProfile } from './try-profile.ts';
import { asks, providerOf, type Wizard } from './wizard.ts';

/** What became of a profile. Secrets are masked. */
export interface EditedProfile {
  readonly profile: ProfileTable;
  /** The keys that were set or taken away, e.g. `models.opus`. */
  readonly changed: readonly string[];
  readonly files: readonly string[];
  /** The entry of the secret store whose secret was put in, or replaced; `null` for none. */
  readonly stored_key: string | null;
  /** Entries of the secret store that the profile used until now, and that no profile uses any more. */
  readonly unused_keys: readonly string[];
  /** `null` when it was not tested. */
  readonly test: Connectivity | null;
}

/** Changes what the flags say, or else what is asked for on the terminal; tests the profile, and stores it. */
export async function editProfile(
  name: string,
  given: GivenAnswers,
  wizard: Wizard,
  settings: { readonly sources: ConfigurationSources; readonly test: TestMode },
): Promise<EditedProfile> {
  const { loaded } = wizard;
  const profile = loaded.values.profiles.find((candidate) => candidate.name === name);
  if (profile === undefined) throw profileNotFound(name, loaded.values);
  const files = profileFiles(loaded, name);
  const before = answersOf(profile);
  const wanted = await changedAnswers(profile, before, given, wizard);
  const isNew = wanted.key.from === 'keyring' || changedKeys(changeOf(before, wanted, wizard)).length > 0;
  // The login of claude itself can be tested by claude only.
  const test = isNew && !launchesWithoutProxy(profile) ? settings.test : 'skip';
  const { answers, found } = test === 'skip' ? { answers: wanted } : await tryProfile(wanted, wizard, test);
  const change = changeOf(before, answers, wizard);
  const edits = editsOf(change, files);
  const { key } = answers;
  if (edits.length > 0 || key.from === 'keyring') {
    wizard.note(...(await saveProfile({ name, key, edits, sources: settings.sources })));
  }
  const secrets = secretsOf(loaded.values, wizard.keys, 'secret' in key ? [key.secret] : []);
  return {
    profile: masked(profileTable(answers, change.provider), secrets),
    changed: changedKeys(change).map(([path]) => path.join('.')),
    files: edits.map(({ file }) => file),
    stored_key: key.from === 'keyring' ? secretEntry(name) : null,
    unused_keys: leftEntries(profile, key, loaded),
    test: found ?? null,
  };
}

/** What a profile leaves behind in the secret store when its key is somewhere else from now on. */
function leftEntries(
  { name, api_key_keyring: entry }: Profile,
  key: KeyAnswer,
  loaded: LoadedConfiguration,
): readonly string[] {
  const stays = key.from === 'entry' ? key.entry : key.from === 'keyring' ? secretEntry(name) : undefined;
  return !entry || entry === stays || entriesOfOthers(loaded, name).includes(entry) ? [] : [entry];
}

function changeOf(before: ProfileAnswers, after: ProfileAnswers, wizard: Wizard): Change {
  return { before, after, provider: providerOf(after, wizard) };
}

async function changedAnswers(
  profile: Profile,
  before: ProfileAnswers,
  given: GivenAnswers,
  wizard: Wizard,
): Promise<ProfileAnswers> {
  const { keyring, slots, ...answered } = given;
  const isGiven = keyring || Object.keys(answered).length + Object.keys(slots).length > 0;
  if (!isGiven) {
    if (launchesWithoutProxy(profile)) throw nothingToAsk(profile);
    if (asks(wizard)) return askChanges(before, wizard);
    throw usageError(
      'flags-missing',
      'nothing is said about what to change, and there is no terminal to ask on',
      `Say it by flags, for example "claudex profile edit ${before.name} --model MODEL".`,
    );
  }
  const key = await keyFor(before, given, wizard);
  const isOther = given.provider !== undefined && given.provider !== before.provider;
  const kept: Omit<ProfileAnswers, 'key'> = isOther
    ? { name: before.name, backups: before.backups, slots: {} }
    : before;
  const options = withoutEmpty({ ...kept.options, ...given.options });
  const { options: _before, ...rest } = { ...kept, ...answered };
  return { ...rest, ...(options && { options }), key, slots: { ...kept.slots, ...slots } };
}

/** An option that is set to nothing goes back to its default. */
function withoutEmpty(options: { readonly [name: string]: string }): ProfileAnswers['options'] {
  const said = Object.entries(options).filter(([, value]) => value !== '');
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

function nothingToAsk({ name }: Profile): Error {
  return failure(
    'profile-logs-in-itself',
    `profile "${name}" uses the login of claude itself, so there is no provider, key or list of models to ask for`,
    `Say what to change by flags, for example "claudex profile edit ${name} --model MODEL".`,
  );
}

/** A key stays with its provider; with `--keyring` one that stands in the file moves out of it. */
async function keyFor(before: ProfileAnswers, given: GivenAnswers, wizard: Wizard): Promise<KeyAnswer> {
  if (given.key !== undefined) return given.key;
  const isOther = given.provider !== undefined && given.provider !== before.provider;
  if (given.keyring) {
    if (!isOther && before.key.from === 'file') return { ...before.key, from: 'keyring' };
    if (asks(wizard)) return pasteKey(wizard, 'keyring');
    throw usageError('flags-missing', '--keyring needs a key to store', 'Pipe the key in, with --api-key-stdin.');
  }
  if (!isOther) return before.key;
  const provider = providerOf(given, wizard);
  const found = keyByDefault(provider, wizard.keys);
  if (found !== undefined) return found;
  throw failure(
    'key-of-another-provider',
    `the key of "${before.name}" is one for another provider`,
    `Give the key for ${provider !== undefined && wantsKey(provider) ? provider.title : 'it'} with --api-key-env or --api-key-stdin.`,
  );
}
