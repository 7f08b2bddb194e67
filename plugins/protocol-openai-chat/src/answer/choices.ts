import { isJsonObject } from '@claudex/sdk';
import { hasEntries } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatChoice } from '../wire.ts';
import { wireIndex } from './wire-index.ts';

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
  const index = wireIndex(other.index);
  if (index === undefined || index === wireIndex(first.index)) return true;
  const isAnnounced = announcesCalls(first, other) && !hasEntries(first.message?.tool_calls);
  return isAnnounced && hasEntries(other.message?.tool_calls);
}

/** Whether an answer says at its end that it calls tools. */
function announcesCalls(first: ChatChoice, other: ChatChoice): boolean {
  return (first.finish_reason ?? other.finish_reason) === 'tool_calls';
}

/**
 * The choices of a stream behind the first one. Whether they are alternatives, or hold the calls of an answer that was
 * spread over several, shows only when the first one has ended, so they wait.
 */
export class OtherChoices {
  readonly #choices = new Map<
    number | undefined,
    { readonly answers: ChatAnswer[]; last: ChatChoice; hasCalls: boolean }
  >();

  /** What such a choice adds. */
  take(choice: ChatChoice): void {
    const index = wireIndex(choice.index);
    const known = this.#choices.get(index) ?? { answers: [], last: choice, hasCalls: false };
    this.#choices.set(index, known);
    if (typeof choice.finish_reason === 'string') known.last = choice;
    const answer = choice.delta ?? choice.message;
    if (!isJsonObject(answer)) return;
    known.answers.push(answer);
    known.hasCalls ||= hasEntries(answer.tool_calls);
  }

  /** The choice that announced calls and made them; the end of an answer whose first choice had none. */
  get calling(): ChatChoice | undefined {
    for (const { last, hasCalls } of this.#choices.values())
      if (hasCalls && last.finish_reason === 'tool_calls') return last;
    return undefined;
  }

  /** What belongs to an answer whose first choice has ended so; `hasCalls` says whether that one made calls itself. */
  end(first: ChatChoice, hasCalls: boolean): Omit<MergedChoices, 'first'> {
    const all = [...this.#choices.values()];
    const belonging = hasCalls ? [] : all.filter((choice) => choice.hasCalls && announcesCalls(first, choice.last));
    return { answers: belonging.flatMap(({ answers }) => answers), ignored: belonging.length < all.length };
  }
}
