import type { Provider } from '@claudex/sdk';
import type { Profile } from '../config/index.ts';
import { OTHER_SLOTS, secretEntry, SLOTS, type KeyAnswer, type ProfileAnswers } from './answers.ts';

/** The keys of a profile as they are written. */
export interface ProfileTable {
  readonly name: string;
  readonly [key: string]: string | string[] | { [slot: string]: string };
}

/**
 * What is written for these answers, in the order of the documentation. What the provider says anyway is left out, so that
 * the profile follows when its plugin learns of newer models.
 */
export function profileTable(answers: ProfileAnswers, provider: Provider | undefined): ProfileTable {
  const { name, providerType, baseUrl, options, model, backups } = answers;
  const models = slotsToWrite(answers, provider);
  return {
    name,
    ...(answers.provider !== undefined && { provider: answers.provider }),
    ...(providerType !== undefined && { provider_type: providerType }),
    ...(baseUrl !== undefined && baseUrl !== provider?.baseUrl && { base_url: baseUrl }),
    ...keyTable(name, answers.key),
    ...(options && Object.keys(options).length > 0 && { options }),
    ...(model !== undefined && model !== provider?.models.default && { default_model: model }),
    ...(Object.keys(models).length > 0 && { models }),
    ...(backups.length > 0 && { backup_providers: [...backups] }),
  };
}

/** A slot is left out where it is served by the same model without being named. */
function slotsToWrite({ slots, model }: ProfileAnswers, provider: Provider | undefined): { [slot: string]: string } {
  const fallback = model ?? provider?.models.default;
  const asked = SLOTS.filter((slot) => slots[slot] !== (provider?.models[slot] ?? fallback));
  return setSlots({ slots }, [...asked, ...OTHER_SLOTS]);
}

function setSlots(
  { slots }: Pick<ProfileAnswers, 'slots'>,
  names: readonly (keyof ProfileAnswers['slots'])[],
): { [slot: string]: string } {
  return Object.fromEntries(names.flatMap((slot) => (slots[slot] === undefined ? [] : [[slot, slots[slot]]])));
}

/** The same with nothing left out: what stands in a profile that has these answers. */
export function explicitTable(answers: ProfileAnswers): ProfileTable {
  return { ...profileTable(answers, undefined), models: setSlots(answers, [...SLOTS, ...OTHER_SLOTS]) };
}

function keyTable(name: string, key: KeyAnswer): { [setting: string]: string } {
  if (key.from === 'variable') return { api_key_env: key.variable };
  if (key.from === 'entry') return { api_key_keyring: key.entry };
  if (key.from === 'keyring') return { api_key_keyring: secretEntry(name) };
  return key.from === 'file' ? { api_key: key.secret } : {};
}

/** The same as a profile that can be tried before anything is stored: the key stands in it, wherever it is going to be. */
export function draftOf(answers: ProfileAnswers, provider: Provider | undefined): Partial<Profile> & { name: string } {
  const { key } = answers;
  const seen: ProfileAnswers = key.from === 'keyring' ? { ...answers, key: { ...key, from: 'file' } } : answers;
  return profileTable(seen, provider);
}

/** The models of the slots when nobody chooses others. */
export function presetSlots(
  provider: Provider | undefined,
  model: string,
): { readonly [slot in (typeof SLOTS)[number]]: string } {
  const of = (slot: (typeof SLOTS)[number]): string => provider?.models[slot] ?? model;
  return { haiku: of('haiku'), sonnet: of('sonnet'), opus: of('opus') };
}
