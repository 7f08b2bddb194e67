import { readKeys, type LoadedConfiguration } from '../config/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Directories } from '../state/index.ts';
import { canAsk, terminalPrompts } from '../terminal/index.ts';
import type { Wizard } from './wizard.ts';

/** What a command has for the wizard. */
export interface WizardSettings {
  readonly loaded: LoadedConfiguration;
  readonly registry: Registry;
  readonly environment: NodeJS.ProcessEnv;
  readonly directories: Directories;
  /** False to ask nothing although there is a terminal. */
  readonly mayAsk: boolean;
  note(...lines: readonly string[]): void;
}

/** Has a wizard do something, and closes its way to providers afterwards. */
export async function withWizard<Result>(
  settings: WizardSettings,
  work: (wizard: Wizard) => Promise<Result>,
): Promise<Result> {
  const { loaded, environment, directories, mayAsk } = settings;
  const { keys, warnings } = await readKeys(loaded.values.profiles, environment, directories.state);
  settings.note(...warnings);
  const { openTrialWay } = await import('../trial/index.ts');
  const way = await openTrialWay(environment);
  const prompts = mayAsk && canAsk() ? { prompts: terminalPrompts } : {};
  try {
    return await work({ ...settings, ...prompts, keys, way, width: process.stderr.columns ?? WIDTH });
  } finally {
    await way.close();
  }
}

/** Of a terminal that does not tell. */
const WIDTH = 80;
