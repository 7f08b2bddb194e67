/** A piece of an answer. */
export interface ProsePiece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
}

/** How a splitter begins. */
export interface ThinkTagOptions {
  /**
   * Whether the chat template swallows the opening tag, so that an answer begins in the middle of its reasoning: all
   * of it counts as thinking up to the closing tag. Default false.
   */
  readonly openingOmitted?: boolean;
}

const TAGS = ['think', 'thinking', 'reasoning', 'thought'];
const OPENINGS = TAGS.map((tag) => `<${tag}>`);
const CLOSINGS = TAGS.map((tag) => `</${tag}>`);
const LONGEST_TAG = Math.max(...CLOSINGS.map((tag) => tag.length));
/** More white space than this is not the beginning of an answer that begins with a tag. */
const MOST_SPACE = 256;
const ALL_BREAKS = /^(?:\r?\n){0,2}/;
/** Line breaks that more line breaks may follow. */
const UNSURE_BREAKS = /^(?:\r?\n)?\r?$/;

/**
 * Splits reasoning between think tags at the very start of an answer from its text. A tag that comes later is text:
 * models also write about tags. Without a closing tag everything is thinking. Nothing is lost but the tags themselves
 * and up to two line breaks after the closing one; white space in front of the opening tag counts as thinking.
 */
export class ThinkTagSplitter {
  #state: 'start' | 'thinking' | 'breaks' | 'text' = 'start';
  /** What could still become a tag, or line breaks that are dropped. */
  #held = '';
  #closings = CLOSINGS;
  readonly #openingOmitted: boolean;

  constructor({ openingOmitted = false }: ThinkTagOptions = {}) {
    this.#openingOmitted = openingOmitted;
  }

  /** Takes the next text and returns what is certain by now. */
  push(text: string): ProsePiece[] {
    const pieces: ProsePiece[] = [];
    if (text === '') return pieces;
    this.#held += text;
    if (this.#state === 'start') this.#readStart(pieces);
    if (this.#state === 'thinking') this.#readThinking(pieces);
    if (this.#state === 'breaks') this.#readBreaks();
    if (this.#state === 'text') this.#give(pieces, 'text', this.#held.length);
    return pieces;
  }

  /** The answer has ended: returns what was held back. */
  end(): ProsePiece[] {
    const pieces: ProsePiece[] = [];
    if (this.#state === 'breaks') this.#held = this.#held.replace(ALL_BREAKS, '');
    const isThinking = this.#state === 'thinking' || (this.#state === 'start' && this.#openingOmitted);
    this.#give(pieces, isThinking ? 'thinking' : 'text', this.#held.length);
    return pieces;
  }

  #readStart(pieces: ProsePiece[]): void {
    const trimmed = this.#held.trimStart();
    const space = this.#held.length - trimmed.length;
    const start = trimmed.slice(0, LONGEST_TAG).toLowerCase();
    const opening = space > MOST_SPACE ? undefined : OPENINGS.find((tag) => start.startsWith(tag));
    if (opening !== undefined) {
      this.#give(pieces, 'thinking', space);
      this.#held = this.#held.slice(opening.length);
      this.#closings = [opening.replace('<', '</')];
      this.#state = 'thinking';
    } else if (space > MOST_SPACE || !OPENINGS.some((tag) => tag.startsWith(start))) {
      this.#state = this.#openingOmitted ? 'thinking' : 'text';
    }
  }

  #readThinking(pieces: ProsePiece[]): void {
    for (let from = this.#held.indexOf('<'); from !== -1; from = this.#held.indexOf('<', from + 1)) {
      const rest = this.#held.slice(from, from + LONGEST_TAG).toLowerCase();
      const closing = this.#closings.find((tag) => rest.startsWith(tag));
      if (closing !== undefined) {
        this.#give(pieces, 'thinking', from);
        this.#held = this.#held.slice(closing.length);
        this.#state = 'breaks';
        return;
      }
      if (this.#closings.some((tag) => tag.startsWith(rest))) return this.#give(pieces, 'thinking', from);
    }
    this.#give(pieces, 'thinking', this.#held.length);
  }

  #readBreaks(): void {
    if (UNSURE_BREAKS.test(this.#held)) return;
    this.#held = this.#held.replace(ALL_BREAKS, '');
    this.#state = 'text';
  }

  #give(pieces: ProsePiece[], kind: ProsePiece['kind'], length: number): void {
    if (length > 0) pieces.push({ kind, text: this.#held.slice(0, length) });
    this.#held = this.#held.slice(length);
  }
}
