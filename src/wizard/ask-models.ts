import type { ModelRow } from '../catalogue/index.ts';
import { profileValueProblem } from '../config/index.ts';
import { SLOTS, type ProfileAnswers, type SlotAnswers } from './answers.ts';
import { modelChoices, otherModel } from './describe-model.ts';
import { bindDraft } from './draft.ts';
import { presetSlots } from './profile-table.ts';
import { providerOf, type AskingWizard } from './wizard.ts';

/** The models of a profile, and which is used for what. */
export type ModelAnswers = Pick<ProfileAnswers, 'model' | 'slots'>;

/** Asks for the default model and for those of the slots, out of the provider's own list where it can be had. */
export async function askModels(answers: ProfileAnswers, wizard: AskingWizard): Promise<ModelAnswers> {
  const isDone = answers.model !== undefined && SLOTS.every((slot) => answers.slots[slot] !== undefined);
  if (isDone) return answers;
  const models = await listedModels(answers, wizard);
  const preset = providerOf(answers, wizard)?.models.default;
  const model = answers.model ?? (await askModel(wizard, 'Default model', models, preset));
  return { model, slots: await askSlots({ ...answers, model }, models, wizard) };
}

/** Asks for one model: out of a list, or by its name where there is none. */
export function askModel(
  { prompts, width }: AskingWizard,
  message: string,
  models: readonly ModelRow[],
  initial: string | undefined,
): Promise<string> {
  const start = initial === undefined || initial === '' ? {} : { initial };
  if (models.length > 0) {
    return prompts.search({ message, choices: modelChoices(models, width), others: otherModel(models), ...start });
  }
  return prompts.text({ message, check: (name) => profileValueProblem('default_model', name), ...start });
}

/** What the provider lists; empty when it cannot be asked. */
export async function listedModels(answers: ProfileAnswers, wizard: AskingWizard): Promise<readonly ModelRow[]> {
  const { way, directories } = wizard;
  // Only those who ask a provider need what it takes to send requests.
  const { listModels } = await import('../catalogue/index.ts');
  wizard.note('Asking for the list of models…');
  const list = await listModels(bindDraft(answers, wizard), {
    client: way.upstream,
    cacheFolder: directories.cache,
    signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    refresh: true,
  });
  if (list.note !== undefined) wizard.note(list.note);
  return list.models;
}

/** Nobody waits longer for a list that can be typed. */
const LONGEST_WAIT_MS = 15_000;

async function askSlots(
  answers: ProfileAnswers & { readonly model: string },
  models: readonly ModelRow[],
  wizard: AskingWizard,
): Promise<SlotAnswers> {
  const { slots: given, model } = answers;
  const slots = { ...presetSlots(providerOf(answers, wizard), model), ...given };
  const open = SLOTS.filter((slot) => given[slot] === undefined);
  if (open.length === 0) return slots;
  const guess = SLOTS.map((slot) => slots[slot]);
  const isSame = guess.every((name) => name === model);
  const way = await wizard.prompts.select({
    message: "Claude Code's haiku, sonnet and opus",
    choices: [
      ...(isSame ? [] : [{ value: 'preset', name: guess.join(', '), description: 'Small, middle and large' }]),
      { value: 'same', name: `${model} for all of them` },
      { value: 'each', name: 'Choose each' },
    ],
  });
  if (way === 'preset') return slots;
  const chosen: { -readonly [slot in keyof SlotAnswers]: SlotAnswers[slot] } = { ...slots };
  for (const slot of open) {
    chosen[slot] = way === 'same' ? model : await askModel(wizard, `Model for ${slot}`, models, slots[slot]);
  }
  return chosen;
}
