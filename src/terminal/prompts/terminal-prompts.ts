import { ask } from './ask.ts';
import { filterChoices } from './filter-choices.ts';
import type { Check, Prompts } from './prompts.ts';

/** Whether somebody can be asked: questions are read from stdin and written to stderr. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on this process's terminal. Only to be used where {@link canAsk} says so. */
export const terminalPrompts: Prompts = {
  text: async ({ message, initial, check }) => {
    const settings = { validate: validator(check), ...(initial !== undefined && { default: initial }) };
    return (await ask<string>({ type: 'input', message, ...settings })).trim();
  },
  // A mask of one star per character would tell how long the secret is.
  secret: ({ message, check }) =>
    ask<string>({ type: 'password', message, mask: false, toggleMask: false, validate: validator(check) }),
  select: ({ message, choices, initial }) =>
    ask({ type: 'select', message, choices, loop: false, ...(initial !== undefined && { default: initial }) }),
  search: ({ message, choices, others, initial }) =>
    ask({
      type: 'search',
      message,
      pageSize: PAGE,
      source: (typed = '') => [...filterChoices(choices, typed), ...(others?.(typed.trim()) ?? [])],
      ...(initial !== undefined && { default: initial }),
    }),
  checkbox: ({ message, choices, checked }) =>
    ask({
      type: 'checkbox',
      message,
      choices: choices.map((choice) => ({ ...choice, checked: checked.includes(choice.value) })),
      loop: false,
    }),
  confirm: ({ message, initial }) => ask<boolean>({ type: 'confirm', message, default: initial }),
};

/** Choices that are seen at once. */
const PAGE = 10;

function validator(check: Check | undefined): (typed: string) => true | string {
  return (typed) => check?.(typed.trim()) ?? true;
}
