import type { JsonObject } from '@claudex/sdk';
import type { ChatReasoningDetail } from '../wire.ts';
import { ReasoningDetails } from './reasoning-details.ts';

/**
 * Where reasoning text came from, which is where it has to go back to: a field of the message, `content` for parts of a
 * content array, `tags` for think tags in the text.
 */
export type ReasoningField =
  | 'reasoning_content'
  | 'reasoning'
  | 'reasoning_text'
  | 'reasoning_details'
  | 'content'
  | 'tags';

/** Collects what is sealed into the signature of one thinking block. */
export class ReasoningState {
  #field: ReasoningField | undefined;
  /** UTF-16 units of the block's text. */
  #length = 0;
  #details: ReasoningDetails | undefined;
  #opaque: string | undefined;

  /** The block grows by this text. */
  addText(text: string, field: ReasoningField): void {
    this.#field ??= field;
    this.#length += text.length;
  }

  /** Entries that belong to the block. */
  addDetails(details: readonly (ChatReasoningDetail | null)[]): void {
    this.#details ??= new ReasoningDetails();
    this.#details.add(details);
  }

  /** Copilot's encrypted reasoning, which always comes whole. */
  addOpaque(value: string): void {
    this.#opaque = value;
  }

  /**
   * The state as the next request opens it. Entries of `reasoning_details` hold all there is, signatures included, so
   * where there are any, no other field matters.
   */
  toJson(): JsonObject {
    if (this.#details !== undefined) return { field: 'reasoning_details', ...this.#details.toState(this.#length) };
    if (this.#opaque !== undefined) return { field: 'reasoning_opaque', value: this.#opaque, text: this.#length > 0 };
    return { field: this.#field ?? 'reasoning_content' };
  }
}
