import type { BlockDelta, OpeningBlock } from '@claudex/sdk';
import type { AnswerWriter } from './answer-writer.ts';

type Step = { readonly open: OpeningBlock } | { readonly grow: BlockDelta } | 'close';

/**
 * Where one output item writes its blocks. Items may arrive interleaved, but only one block may be open in an answer,
 * so an item whose turn has not come writes into a queue.
 */
export class Outlet {
  readonly #writer: AnswerWriter;
  #waiting: Step[] | undefined = [];

  constructor(writer: AnswerWriter) {
    this.#writer = writer;
  }

  open(block: OpeningBlock): void {
    if (this.#waiting === undefined) this.#writer.open(block);
    else this.#waiting.push({ open: block });
  }

  grow(delta: BlockDelta): void {
    if (this.#waiting === undefined) this.#writer.grow(delta);
    else this.#waiting.push({ grow: delta });
  }

  close(): void {
    if (this.#waiting === undefined) this.#writer.close();
    else this.#waiting.push('close');
  }

  /** The item's turn has come: writes what has waited, and everything else at once. */
  release(): void {
    const steps = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const step of steps) {
      if (step === 'close') this.#writer.close();
      else if ('open' in step) this.#writer.open(step.open);
      else this.#writer.grow(step.grow);
    }
  }
}
