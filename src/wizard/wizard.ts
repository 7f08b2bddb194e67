import type { Provider } from '@claudex/sdk';
import type { LoadedConfiguration } from '../config/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Directories } from '../state/index.ts';
import type { Prompts } from '../terminal/index.ts';
import type { TrialWay } from '../trial/index.ts';

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

/** The provider that answers name; undefined for a profile that is its own. */
export function providerOf(
  { provider }: { readonly provider?: string },
  { registry }: Pick<Wizard, 'registry'>,
): Provider | undefined {
  return provider === undefined ? undefined : registry.providers.get(provider);
}

/** The names of all profiles. */
export function profileNames({ loaded }: Pick<Wizard, 'loaded'>): readonly string[] {
  return loaded.values.profiles.map(({ name }) => name);
}
