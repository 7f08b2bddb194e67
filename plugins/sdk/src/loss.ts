/** What became of something a protocol could not carry. */
export type LossKind =
  /** Left out. */
  | 'dropped'
  /** Carried in a weaker form, for example as text. */
  | 'degraded'
  /** Replaced by something legal, for example a lower limit. */
  | 'adjusted';

/** Something a translation could not carry. A loss is a value: nothing is dropped silently. */
export interface Loss {
  readonly kind: LossKind;
  /** Where it stood, as a path into the canonical request or answer, e.g. `messages[3].content[0]`. */
  readonly path: string;
  /** A stable word for counting, e.g. `top_k`, `document`, `foreign_thinking`. */
  readonly feature: string;
  /** One full sentence for people. Never contains what the user wrote. */
  readonly reason: string;
}
