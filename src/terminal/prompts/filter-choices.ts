import type { Choice } from './prompts.ts';

/** The choices that have every word of what was typed in their name or description, in any order and case. */
export function filterChoices<Value>(choices: readonly Choice<Value>[], typed: string): readonly Choice<Value>[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return choices.filter(({ name, description = '' }) => {
    const text = `${name} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
