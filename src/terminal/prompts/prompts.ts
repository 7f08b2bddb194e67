/** One thing that can be chosen. Texts must be printable. */
export interface Choice<Value> {
  readonly value: Value;
  /** What stands in the list. */
  readonly name: string;
  /** What stands behind the question once it is chosen. Default: `name`. */
  readonly short?: string;
  /** What is told below the list while the cursor is on it. */
  readonly description?: string;
}

/** What is wrong with an answer, in words; undefined when it can be used. */
export type Check = (answer: string) => string | undefined;

/** Questions that a person answers on a terminal. Each throws the failure "cancelled" on Ctrl-C. */
export interface Prompts {
  /** One line of text, without blanks around it. `initial` is the answer to just Enter. */
  text(question: { readonly message: string; readonly initial?: string; readonly check?: Check }): Promise<string>;
  /** One line that is not shown while it is typed or pasted. */
  secret(question: { readonly message: string; readonly check?: Check }): Promise<string>;
  /** One of a few; the cursor begins at `initial`. */
  select<Value>(question: {
    readonly message: string;
    readonly choices: readonly Choice<Value>[];
    readonly initial?: Value;
  }): Promise<Value>;
  /** One of many, found by typing. What `others` makes of the typed text stands at the end of the list, whatever it is. */
  search<Value>(question: {
    readonly message: string;
    readonly choices: readonly Choice<Value>[];
    readonly others?: (typed: string) => readonly Choice<Value>[];
    readonly initial?: Value;
  }): Promise<Value>;
  /** Any number of some, in the order of `choices`. */
  checkbox<Value>(question: {
    readonly message: string;
    readonly choices: readonly Choice<Value>[];
    readonly checked: readonly Value[];
  }): Promise<readonly Value[]>;
  /** Yes or no. */
  confirm(question: { readonly message: string; readonly initial: boolean }): Promise<boolean>;
}
