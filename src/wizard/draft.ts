import { completeProfile, type Profile } from '../config/index.ts';
import { bindProfile, type BoundProfile } from '../router/index.ts';
import type { ProfileAnswers } from './answers.ts';
import { draftOf } from './profile-table.ts';
import { providerOf, type Wizard } from './wizard.ts';

/** Keys of a profile that answers decide; those that are not among them are kept when a profile is changed. */
const ANSWERED: ReadonlySet<string> = new Set([
  'provider',
  'provider_type',
  'base_url',
  'api_key',
  'api_key_env',
  'api_key_keyring',
  'default_model',
  'models',
  'options',
  'backup_providers',
]);

/** Binds a profile as it would be with these answers, without storing anything. */
export function bindDraft(answers: ProfileAnswers, wizard: Pick<Wizard, 'loaded' | 'registry' | 'keys'>): BoundProfile {
  const { values } = wizard.loaded;
  const existing = values.profiles.find(({ name }) => name === answers.name);
  const draft = completeProfile({ ...unanswered(existing), ...draftOf(answers, providerOf(answers, wizard)) });
  const others = values.profiles.filter(({ name }) => name !== answers.name);
  return bindProfile(answers.name, { ...values, profiles: [...others, draft] }, wizard.registry, wizard.keys);
}

function unanswered(profile: Profile | undefined): Partial<Profile> {
  return Object.fromEntries(Object.entries(profile ?? {}).filter(([key]) => !ANSWERED.has(key)));
}
