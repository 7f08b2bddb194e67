import {
  addProfileEdit,
  globalFile,
  localFile,
  masked,
  profileIndex,
  profileValueProblem,
  secretsOf,
  type ConfigurationEdit,
  type ConfigurationSources,
  type Table,
} from '../config/index.ts';
import { failure, usageError } from '../errors/index.ts';
import type { Connectivity } from '../trial/index.ts';
import type { GivenAnswers, ProfileAnswers } from './answers.ts';
import { collectAnswers, type Collected, type TestMode } from './collect-answers.ts';
import { checkMissing } from './missing-flags.ts';
import { profileTable, type ProfileTable } from './profile-table.ts';
import { saveProfile } from './save-profile.ts';
import { summaryOf } from './summary.ts';
import { asks, profileNames, providerOf, type Wizard } from './wizard.ts';

/** How a profile is added. */
export interface AddSettings {
  readonly sources: ConfigurationSources;
  /** Into the project's file instead of the global one. */
  readonly local: boolean;
  /** Whatever has a default is not asked for. */
  readonly defaults: boolean;
  readonly test: TestMode;
}

/** What became of it. Secrets are masked. */
export interface AddedProfile {
  readonly profile: ProfileTable;
  readonly file: string;
  /** `null` when it was not tested. */
  readonly test: Connectivity | null;
}

/** Asks for what is not given, tests the profile and stores it. Whatever fails before the end leaves nothing behind. */
export async function addProfile(given: GivenAnswers, wizard: Wizard, settings: AddSettings): Promise<AddedProfile> {
  checkName(given.name, wizard);
  if (!asks(wizard)) checkMissing(given, wizard, settings.defaults);
  const file = await targetFile(wizard, settings);
  const { answers, found } = await collectAnswers(given, wizard, settings.test);
  await confirmSummary({ answers }, file, wizard);
  const table = profileTable(answers, providerOf(answers, wizard));
  const edits = [{ file, edits: (values: Table) => [newProfile(table, values)] }];
  wizard.note(...(await saveProfile({ name: answers.name, key: answers.key, edits, sources: settings.sources })));
  warnOfClearText(answers, file, wizard);
  const secrets = secretsOf(wizard.loaded.values, wizard.keys, 'secret' in answers.key ? [answers.key.secret] : []);
  return { profile: masked(table, secrets), file, test: found ?? null };
}

function checkName(name: string | undefined, wizard: Wizard): void {
  if (name === undefined) return;
  const problem = profileValueProblem('name', name);
  if (problem !== undefined)
    throw usageError('profile-name-unusable', `the name of the profile: ${problem}`, 'Name it otherwise.');
  if (profileNames(wizard).includes(name)) throw profileExists(name);
}

function profileExists(name: string): Error {
  return failure(
    'profile-exists',
    `there is a profile "${name}" already`,
    `"claudex profile edit ${name}" changes it.`,
  );
}

/** Looks at what the file says just now: it may have got a profile of this name meanwhile, or not be trusted. */
function newProfile(profile: ProfileTable, values: Table): ConfigurationEdit {
  if (profileIndex(values, profile.name) !== undefined) throw profileExists(profile.name);
  return addProfileEdit(profile);
}

/** The file that a new profile goes to: the one that was named, else the one that was asked for. */
async function targetFile({ loaded }: Wizard, { sources, local }: AddSettings): Promise<string> {
  const named = loaded.layers.find(({ origin }) => origin === 'file')?.file;
  if (local && named !== undefined) {
    throw usageError(
      'flags-contradict',
      `--local means the file of the project, and ${named} was named`,
      'Leave one of the two out.',
    );
  }
  return named ?? (await (local ? localFile(sources) : globalFile(sources))).file;
}

async function confirmSummary({ answers }: Collected, file: string, wizard: Wizard): Promise<void> {
  if (!asks(wizard)) return;
  wizard.note(...summaryOf(answers, file, wizard));
  if (await wizard.prompts.confirm({ message: 'Save it?', initial: true })) return;
  throw failure('cancelled', `stopped, profile "${answers.name}" was not saved`);
}

function warnOfClearText({ key, name }: ProfileAnswers, file: string, wizard: Wizard): void {
  if (key.from !== 'file') return;
  wizard.note(
    `Warning: the key stands in clear text in ${file}. "claudex profile edit ${name} --keyring" moves it out of there.`,
  );
}
