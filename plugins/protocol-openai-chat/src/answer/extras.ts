import { isJsonObject, type Loss } from '@claudex/sdk';
import { hasEntries } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatCompletion } from '../wire.ts';
import { hasReasoningState } from './reasoning.ts';

/** Whether a message or delta needs a closer look; asked for every delta, so it only touches fields. */
export function mayHaveExtras(answer: ChatAnswer): boolean {
  return Boolean(
    answer.annotations ||
    answer.images ||
    answer.audio ||
    answer.executed_tools ||
    answer.reasoning_details ||
    answer.reasoning_opaque,
  );
}

/** Parts of an answer that the canonical form cannot carry, each reported once per answer. */
export class ExtrasWatch {
  readonly #reported = new Set<string>();

  /** Looks at a message or delta. */
  answer(answer: ChatAnswer, report: (loss: Loss) => void): void {
    if (hasEntries(answer.annotations))
      this.#report('annotations', 'Citations in the provider’s own form are not shown.', report);
    if (hasEntries(answer.images)) this.#report('images', 'Pictures in an answer cannot be shown.', report);
    if (isJsonObject(answer.audio)) this.#report('audio', 'Sound in an answer cannot be played.', report);
    if (hasEntries(answer.executed_tools))
      this.#report('executed_tools', 'Tools the provider ran itself are not shown.', report);
    if (hasReasoningState(answer))
      this.#report('reasoning_state', 'Encrypted or signed reasoning is not kept for the next turn.', report);
  }

  /** Looks at the fields beside the choices. */
  completion(completion: ChatCompletion, report: (loss: Loss) => void): void {
    if (hasEntries(completion.citations) || hasEntries(completion.search_results)) {
      this.#report('citations', 'Search results beside the answer are not shown.', report);
    }
  }

  /** Reports that an answer came in several versions. */
  alternatives(report: (loss: Loss) => void): void {
    this.#report('choices', 'Only the first of several alternative answers is used.', report);
  }

  #report(feature: string, reason: string, report: (loss: Loss) => void): void {
    if (this.#reported.has(feature)) return;
    this.#reported.add(feature);
    report({ kind: 'dropped', path: feature, feature, reason });
  }
}
