import { profileNames, type AskingWizard } from './wizard.ts';

/** Asks which other profiles step in when this one fails; asks nothing when there are none. */
export async function askBackups(
  name: string,
  checked: readonly string[],
  wizard: AskingWizard,
): Promise<readonly string[]> {
  const choices = profileNames(wizard)
    .filter((other) => other !== name)
    .map((other) => ({ value: other, name: other }));
  if (choices.length === 0) return [];
  return wizard.prompts.checkbox({ message: 'Profiles to fail over to', choices, checked });
}
