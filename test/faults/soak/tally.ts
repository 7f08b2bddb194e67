import type { CanonicalEvent } from '@claudex/sdk';
import { checkGrammar } from '@claudex/sdk/testing';
import { errorOf, saidIn } from '../support/check-answer.ts';
import type { Answer } from '../support/client.ts';

/** What became of the answers of a soak. */
export interface Tally {
  /** Complete, with every number in order. */
  complete: number;
  /** A beginning in order and one `error`. */
  broken: number;
  /** Refused with a status and error JSON, before anything was said. */
  refused: number;
  /** Numbers that never came although the answer says that it is complete. */
  lost: number;
  doubled: number;
  reordered: number;
  /** Answers that break the grammar, or are no answer at all. */
  invalid: number;
  /** Answers that did not end in time. */
  hanging: number;
  events: number;
}

export function emptyTally(): Tally {
  return {
    complete: 0,
    broken: 0,
    refused: 0,
    lost: 0,
    doubled: 0,
    reordered: 0,
    invalid: 0,
    hanging: 0,
    events: 0,
  };
}

/** Whether anything happened that must never happen. */
export function isSpotless({ lost, doubled, reordered, invalid, hanging }: Tally): boolean {
  return lost + doubled + reordered + invalid + hanging === 0;
}

/** Adds an answer that was to have so many numbers. */
export function addAnswer(tally: Tally, answer: Answer, asked: number): void {
  tally.events += answer.events.length;
  if (!answer.whole || answer.status === 0) tally.invalid += 1;
  else if (answer.status !== 200) addRefusal(tally, answer);
  else addStream(tally, answer, asked);
}

function addRefusal(tally: Tally, answer: Answer): void {
  try {
    if (errorOf(answer).type === 'error') tally.refused += 1;
    else tally.invalid += 1;
  } catch {
    tally.invalid += 1;
  }
}

function addStream(tally: Tally, { events }: Answer, asked: number): void {
  if (checkGrammar(events as unknown as CanonicalEvent[]).length > 0) {
    tally.invalid += 1;
    return;
  }
  const isComplete = events.some(({ type }) => type === 'message_stop');
  const numbers = Array.from(saidIn(events).text.matchAll(/\[(\d+)\] /g), ([, digits]) => Number(digits));
  const isInOrder = addNumbers(tally, numbers);
  if (isComplete) tally.lost += asked - new Set(numbers).size;
  else if (isInOrder) tally.lost += Math.max(0, ...numbers.map((number) => number + 1)) - numbers.length;
  if (isComplete) tally.complete += 1;
  else tally.broken += 1;
}

function addNumbers(tally: Tally, numbers: readonly number[]): boolean {
  const doubled = numbers.length - new Set(numbers).size;
  const reordered = numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? number)).length;
  tally.doubled += doubled;
  tally.reordered += reordered;
  return doubled + reordered === 0;
}
