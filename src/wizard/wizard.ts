import type { Provider } from '@claudex/sdk';
import { completeProfile, type LoadedConfiguration } from '../config/index.ts';
import type { Registry } from '../registry/index.ts';
import { optionsOf, settledProvider } from '../router/index.ts';
import type { Directories } from '../state/index.ts';
import type { Prompts } from '../terminal/index.ts';
import type { TrialWay } from '../trial/index.ts';
import type { ProfileAnswers } from './answers.ts';

/** What questions about profiles are asked with, and what their answers are compared with. */
export interface Wizard {
  readonly loaded: LoadedConfiguration;
  readonly registry: Registry;
  /** The environment, with the secrets of the keyring as `readKeys` gives them. */
  readonly keys: NodeJS.ProcessEnv;
  readonly directories: Directories;
  /** Absent: nobody is asked, and what is not given has its default. */
  readonly prompts?: Prompts;
  /** The way to providers. */
  readonly way: TrialWay;
  /** Columns of the terminal. */
  readonly width: number;
  /** Tells the user something, one line each. */
  note(...lines: readonly string[]): void;
}

/** The same where somebody answers. */
export type AskingWizard = Wizard & { readonly prompts: Prompts };

/** Whether somebody answers. */
export function asks(wizard: Wizard): wizard is AskingWizard {
  return wizard.prompts !== undefined;
}

/** The provider that answers name, as it is under their options; undefined for a profile that is its own. */
export function providerOf(
  { provider: id, options }: Pick<ProfileAnswers, 'provider' | 'options'>,
  { registry, keys }: Pick<Wizard, 'registry' | 'keys'>,
): Provider | undefined {
  const provider = id === undefined ? undefined : registry.providers.get(id);
  return provider && settledProvider(provider, usedOptions(provider, options, keys));
}

/** The options that answers lead to: what they say, else what variables and defaults say. */
export function usedOptions(
  provider: Provider,
  options: ProfileAnswers['options'],
  keys: NodeJS.ProcessEnv,
): { readonly [name: string]: string } {
  const profile = completeProfile({ name: provider.id, ...(options && { options: { ...options } }) });
  return optionsOf(profile, provider, keys);
}

/** The names of all profiles. */
export function profileNames({ loaded }: Pick<Wizard, 'loaded'>): readonly string[] {
  return loaded.values.profiles.map(({ name }) => name);
}
