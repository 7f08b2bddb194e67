import type { ModelRow } from '../catalogue/index.ts';
import { tokenCount } from '../config/index.ts';
import type { Choice } from '../terminal/index.ts';

/** Left of every line of a list stand the cursor and a blank. */
const MARGIN = 4;

/**
 * Models as choices of a list: id, context window and price in columns where the terminal holds them, else the id alone
 * with the rest below the list.
 */
export function modelChoices(models: readonly ModelRow[], width: number): Choice<string>[] {
  const ids = Math.max(0, ...models.map(({ id }) => id.length));
  const facts = models.map((model) => [windowOf(model), priceOf(model)] as const);
  const windows = Math.max(0, ...facts.map(([window]) => window.length));
  const lines = models.map(({ id }, index) => {
    const [window = '', price = ''] = facts[index] ?? [];
    return `${id.padEnd(ids)}  ${window.padStart(windows)}  ${price}`.trimEnd();
  });
  const isWide = Math.max(0, ...lines.map((line) => line.length)) + MARGIN <= width;
  return models.map((model, index) => {
    const [window = '', price = ''] = facts[index] ?? [];
    const description = [model.title, ...(isWide ? [] : [window, price])].filter(Boolean).join(', ');
    return {
      value: model.id,
      short: model.id,
      name: isWide ? (lines[index] ?? model.id) : model.id,
      ...(description !== '' && { description }),
    };
  });
}

/** A model that is not in the list, by its name as it was typed. */
export function otherModel(models: readonly ModelRow[]): (typed: string) => readonly Choice<string>[] {
  return (typed) =>
    typed === '' || models.some(({ id }) => id === typed)
      ? []
      : [{ value: typed, short: typed, name: `${typed}  (as typed)`, description: 'This provider does not list it.' }];
}

function windowOf({ contextWindow }: ModelRow): string {
  return contextWindow === undefined ? '' : `${tokenCount(contextWindow)} context`;
}

/** Dollars per million tokens. */
function priceOf({ price }: ModelRow): string {
  return price === undefined ? '' : `$${price.input} in, $${price.output} out per million`;
}
