/** A client's call as the routes hand it on. */
export interface Incoming {
  readonly requestId: string;
  readonly body: Buffer;
  /** Replaces the body's model, when the address or a prefix in it has decided something. */
  readonly model: string | undefined;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** Without its question mark. */
  readonly query: string;
  readonly signal: AbortSignal;
}
