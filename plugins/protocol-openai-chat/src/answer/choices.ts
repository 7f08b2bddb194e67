import { isJsonObject } from '@claudex/sdk';
import { hasEntries } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatChoice } from '../wire.ts';

/** The one answer of a completion. */
export interface MergedChoices {
  /** The choice that says how the answer ended. */
  readonly first: ChatChoice;
  /** The messages it consists of: several where a provider split it, none where a filter took it away. */
  readonly answers: readonly ChatAnswer[];
  /** Whether other choices were alternatives and left out. */
  readonly ignored: boolean;
}

/**
 * Takes the first choice. Copilot spreads one answer over several choices, text in one and calls in the next:
 * those have no index of their own, or they hold the very calls the first one announces.
 */
export function mergeChoices(choices: readonly unknown[]): MergedChoices | undefined {
  const all = choices.filter((choice): choice is ChatChoice => isJsonObject(choice));
  const first = all[0];
  if (first === undefined) return undefined;
  const belonging = all.filter((choice) => choice === first || isSamePart(first, choice));
  const answers = belonging
    .map((choice) => choice.message ?? choice.delta)
    .filter((answer): answer is ChatAnswer => isJsonObject(answer));
  return { first, answers, ignored: belonging.length < all.length };
}

function isSamePart(first: ChatChoice, other: ChatChoice): boolean {
  if (typeof other.index !== 'number' || other.index === first.index) return true;
  const announced = first.finish_reason === 'tool_calls' && !hasEntries(first.message?.tool_calls);
  return announced && hasEntries(other.message?.tool_calls);
}
