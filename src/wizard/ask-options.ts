import type { ProviderOption } from '@claudex/sdk';
import { missingOptions, optionProblem } from '../router/index.ts';
import type { ProfileAnswers } from './answers.ts';
import type { Endpoint } from './ask-endpoint.ts';
import { asks, providerOf, usedOptions, type AskingWizard, type Wizard } from './wizard.ts';

type OptionAnswers = ProfileAnswers['options'];

/**
 * Asks for what a provider cannot do without, and for what has few choices, such as a region or a plan. Options that an
 * exported variable says are not asked for, and what is the default anyway is not kept.
 */
export async function askOptions(given: OptionAnswers, endpoint: Endpoint, wizard: Wizard): Promise<OptionAnswers> {
  const provider = providerOf(endpoint, wizard);
  if (!provider || endpoint.baseUrl !== undefined || !asks(wizard)) return given;
  const answers: { [name: string]: string } = { ...given };
  for (const [name, option] of Object.entries(provider.options ?? {})) {
    if (answers[name] !== undefined || isExported(option, wizard)) continue;
    const isMissing = missingOptions(provider, usedOptions(provider, answers, wizard.keys)).includes(name);
    if (!isMissing && !option.choices) continue;
    const value = await askOption(option, wizard);
    if (value !== option.default) answers[name] = value;
  }
  return Object.keys(answers).length === 0 ? undefined : answers;
}

function isExported({ variables = [] }: ProviderOption, { keys }: Wizard): boolean {
  return variables.some((name) => keys[name]?.trim());
}

function askOption(option: ProviderOption, { prompts }: AskingWizard): Promise<string> {
  const { meaning, choices, default: initial } = option;
  const message = meaning.charAt(0).toUpperCase() + meaning.slice(1);
  const start = initial === undefined ? {} : { initial };
  if (!choices) return prompts.text({ message, check: (text) => optionProblem(option, text), ...start });
  const rows = Object.entries(choices).map(([value, name]) => ({ value, name, short: value }));
  return prompts.select({ message, choices: rows, ...start });
}
