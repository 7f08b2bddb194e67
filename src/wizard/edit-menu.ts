import { isDeepStrictEqual } from 'node:util';
import { OTHER_SLOTS, type ProfileAnswers, type SlotAnswers } from './answers.ts';
import { askBackups } from './ask-backups.ts';
import { askEndpoint } from './ask-endpoint.ts';
import { askOptions } from './ask-options.ts';
import { askKey, keyByDefault, wantsKey } from './ask-key.ts';
import { askModel, askModels, listedModels } from './ask-models.ts';
import { bindDraft } from './draft.ts';
import { keyWords } from './summary.ts';
import { providerOf, type AskingWizard } from './wizard.ts';

type Part = 'endpoint' | 'key' | 'model' | 'slots' | 'backups' | 'done';

/** Asks what is to be changed about a profile, part by part, until nothing more is. */
export async function askChanges(before: ProfileAnswers, wizard: AskingWizard): Promise<ProfileAnswers> {
  let answers = before;
  for (;;) {
    const part = await wizard.prompts.select<Part>({
      message: `Change what of "${before.name}"?`,
      choices: partsOf(answers, wizard),
      initial: isDeepStrictEqual(answers, before) ? 'endpoint' : 'done',
    });
    if (part === 'done') return answers;
    answers = await changePart(part, answers, wizard);
  }
}

function partsOf(
  answers: ProfileAnswers,
  wizard: AskingWizard,
): readonly { readonly value: Part; readonly name: string }[] {
  const { provider, models, baseUrl } = bindDraft(answers, wizard);
  const slots = [models.haiku, models.sonnet, models.opus].map((model) => model ?? models.default);
  const backups = answers.backups.length === 0 ? 'none' : answers.backups.join(', ');
  return [
    { value: 'endpoint', name: `Provider: ${answers.provider === undefined ? (baseUrl ?? '') : provider.title}` },
    { value: 'key', name: `Key: ${keyWords(answers)}` },
    { value: 'model', name: `Default model: ${models.default}` },
    { value: 'slots', name: `Models of haiku, sonnet, opus: ${slots.join(', ')}` },
    { value: 'backups', name: `Profiles to fail over to: ${backups}` },
    { value: 'done', name: 'Nothing more' },
  ];
}

async function changePart(
  part: Exclude<Part, 'done'>,
  answers: ProfileAnswers,
  wizard: AskingWizard,
): Promise<ProfileAnswers> {
  const provider = providerOf(answers, wizard);
  switch (part) {
    case 'endpoint':
      return changeEndpoint(answers, wizard);
    case 'key':
      return { ...answers, key: await askKey(wizard, provider) };
    case 'model': {
      const current = bindDraft(answers, wizard).models.default;
      return {
        ...answers,
        model: await askModel(wizard, 'Default model', await listedModels(answers, wizard), current),
      };
    }
    case 'slots':
      return {
        ...answers,
        ...(await askModels(
          { ...answers, model: bindDraft(answers, wizard).models.default, slots: otherSlots(answers) },
          wizard,
        )),
      };
    default:
      return { ...answers, backups: await askBackups(answers.name, answers.backups, wizard) };
  }
}

function otherSlots({ slots }: ProfileAnswers): SlotAnswers {
  return Object.fromEntries(OTHER_SLOTS.flatMap((slot) => (slots[slot] === undefined ? [] : [[slot, slots[slot]]])));
}

/** Key and models belong to the provider, and the key must not go to another one. */
async function changeEndpoint({ name, backups }: ProfileAnswers, wizard: AskingWizard): Promise<ProfileAnswers> {
  const address = await askEndpoint({}, wizard);
  const options = await askOptions(undefined, address, wizard);
  const endpoint = { ...address, ...(options && { options }) };
  const provider = providerOf(endpoint, wizard);
  const isFree = provider !== undefined && !wantsKey(provider);
  const key = (isFree ? keyByDefault(provider, wizard.keys) : undefined) ?? (await askKey(wizard, provider));
  const start: ProfileAnswers = { ...endpoint, name, key, slots: {}, backups };
  return { ...start, ...(await askModels(start, wizard)) };
}
