/** A piece of an answer. */
export interface ProsePiece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
}

/** Splits reasoning between think tags at the start of an answer from its text. */
export class ThinkTagSplitter {
  /** Takes the next text and returns what is certain by now. */
  push(text: string): ProsePiece[] {
    return text === '' ? [] : [{ kind: 'text', text }];
  }

  /** The answer has ended: returns what was held back. */
  end(): ProsePiece[] {
    return [];
  }
}
