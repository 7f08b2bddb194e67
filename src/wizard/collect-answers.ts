import { profileValueProblem } from '../config/index.ts';
import type { Connectivity } from '../trial/index.ts';
import type { GivenAnswers, KeyAnswer, ProfileAnswers } from './answers.ts';
import { askBackups } from './ask-backups.ts';
import { askEndpoint, type Endpoint } from './ask-endpoint.ts';
import { askOptions } from './ask-options.ts';
import { askKey, keyByDefault, pasteKey, wantsKey } from './ask-key.ts';
import { askModels } from './ask-models.ts';
import { freeName, nameOfAddress } from './guesses.ts';
import { tryProfile, type OnFailure } from './try-profile.ts';
import { asks, profileNames, providerOf, type Wizard } from './wizard.ts';

/** A profile that is ready to be stored. */
export interface Collected {
  readonly answers: ProfileAnswers;
  /** What the test found out; absent when there was none. */
  readonly found?: Connectivity;
}

type SettledEndpoint = Endpoint & Pick<ProfileAnswers, 'options'>;

/** What to do with a profile that fails its test where nobody can be asked; `skip`: it is not tested at all. */
export type TestMode = OnFailure | 'skip';

/**
 * Brings together everything about a new profile: what was given, what is asked on the terminal, and else the defaults.
 * The key is tested before the models are asked for, so that a mistyped one is noticed at once.
 */
export async function collectAnswers(given: GivenAnswers, wizard: Wizard, test: TestMode): Promise<Collected> {
  const address = await askEndpoint(given, wizard);
  const options = await askOptions(given.options, address, wizard);
  const endpoint = { ...address, ...(options && { options }) };
  const name = given.name ?? (await askName(endpoint, wizard));
  const key = given.key ?? (await settleKey(given, endpoint, wizard));
  const start: ProfileAnswers = {
    ...endpointOnly(endpoint),
    name,
    key,
    ...modelOf(given),
    slots: given.slots,
    backups: given.backups ?? [],
  };
  const first = test === 'skip' ? { answers: start } : await tryProfile(start, wizard, test);
  if (!asks(wizard)) return first;
  const answers = { ...first.answers, ...(await askModels(first.answers, wizard)) };
  const whole = { ...answers, backups: given.backups ?? (await askBackups(answers.name, [], wizard)) };
  const isSettled = test === 'skip' || first.found !== undefined;
  return isSettled ? { ...first, answers: whole } : tryProfile(whole, wizard, test);
}

function endpointOnly({ provider, providerType, baseUrl, options }: SettledEndpoint): SettledEndpoint {
  return {
    ...(provider !== undefined && { provider }),
    ...(providerType !== undefined && { providerType }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(options && { options }),
  };
}

function modelOf({ model }: GivenAnswers): { readonly model?: string } {
  return model === undefined ? {} : { model };
}

function askName(endpoint: Endpoint, wizard: Wizard): string | Promise<string> {
  const taken = profileNames(wizard);
  const initial = freeName(endpoint.provider ?? nameOfAddress(endpoint.baseUrl ?? ''), taken);
  if (!asks(wizard)) return initial;
  return wizard.prompts.text({
    message: 'Name of the profile',
    initial,
    check: (name) =>
      profileValueProblem('name', name) ??
      (taken.includes(name) ? 'there is a profile of that name already' : undefined),
  });
}

async function settleKey(given: GivenAnswers, endpoint: SettledEndpoint, wizard: Wizard): Promise<KeyAnswer> {
  const provider = providerOf(endpoint, wizard);
  if (!asks(wizard)) return keyByDefault(provider, wizard.keys) ?? { from: 'nowhere' };
  if (given.keyring) return pasteKey(wizard, 'keyring');
  return provider !== undefined && !wantsKey(provider) ? { from: 'nowhere' } : askKey(wizard, provider);
}
