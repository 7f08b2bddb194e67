import { isJsonObject, type Loss } from '@claudex/sdk';
import { hasEntries } from '@claudex/sdk/codec';
import type { ChatAnswer } from '../wire.ts';

/** Why something of an answer cannot be carried. */
const REASONS = {
  annotations: 'Citations in the provider’s own form are not shown.',
  citations: 'Search results beside the answer are not shown.',
  images: 'Pictures in an answer cannot be shown.',
  audio: 'Sound in an answer cannot be played.',
  executed_tools: 'Tools the provider ran itself are not shown.',
  reasoning_state: 'Encrypted or signed reasoning is not kept for the next turn.',
  reasoning: 'Reasoning in a form that is not known is not shown.',
  summary: 'The message at the end of the stream is not what was streamed before, and the latter is used.',
  choices: 'Only the first of several alternative answers is used.',
} as const;

/** Whether a message or delta needs a closer look; asked for every delta, so it only touches fields. */
export function mayHaveExtras(answer: ChatAnswer): boolean {
  return Boolean(answer.annotations || answer.images || answer.audio || answer.executed_tools);
}

/** Reports parts of an answer that the canonical form cannot carry, each once. */
export class ExtrasWatch {
  readonly #reported = new Set<string>();
  readonly #report: (loss: Loss) => void;

  constructor(report: (loss: Loss) => void) {
    this.#report = report;
  }

  /** Looks at what a message or delta has beside text, reasoning, calls and citations. */
  answer(answer: ChatAnswer): void {
    if (hasEntries(answer.images)) this.lost('images');
    if (isJsonObject(answer.audio)) this.lost('audio');
    if (hasEntries(answer.executed_tools)) this.lost('executed_tools');
  }

  /** Reports a call that was printed as text and taken out of it; every one counts. */
  recovered(): void {
    const reason = 'The model printed a tool call as text, and it was taken for the call it looks like.';
    this.#report({ kind: 'adjusted', path: 'content', feature: 'tool_markup', reason });
  }

  /** Reports one kind of loss. */
  lost(feature: keyof typeof REASONS): void {
    if (this.#reported.has(feature)) return;
    this.#reported.add(feature);
    this.#report({ kind: 'dropped', path: feature, feature, reason: REASONS[feature] });
  }
}
