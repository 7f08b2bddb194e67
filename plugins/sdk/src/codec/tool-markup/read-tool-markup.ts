/** Text, or a tool call that was printed as text. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `arguments` is JSON text of an object. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: string };

/** Finds tool calls that a model printed as text. */
export class ToolMarkupReader {
  readonly #isOffered: (name: string) => boolean;

  /** `isOffered` says whether a name is a tool of the request: nothing else is taken for a call. */
  constructor(isOffered: (name: string) => boolean) {
    this.#isOffered = isOffered;
  }

  /** Takes the next text and returns what is certain by now. */
  push(text: string): MarkupPiece[] {
    return text === '' || this.#isOffered('') ? [] : [{ kind: 'text', text }];
  }

  /** The answer has ended: returns what was held back. */
  end(): MarkupPiece[] {
    return [];
  }
}
