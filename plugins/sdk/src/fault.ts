/** What went wrong on the upstream's side, whatever its protocol calls it. */
export type FaultKind =
  | 'invalid-request'
  /** The credential is missing, wrong or expired. */
  | 'authentication'
  /** The credential is good, but not for this. */
  | 'permission'
  /** Nothing is left to pay with. Waiting does not help, whatever the status says. */
  | 'billing'
  | 'not-found'
  /** The body has too many bytes. */
  | 'too-large'
  /** The prompt has too many tokens for the model. Clients answer by shortening the conversation. */
  | 'context-overflow'
  | 'rate-limit'
  | 'overloaded'
  | 'server'
  | 'timeout'
  | 'connection'
  /** The upstream broke its own protocol: HTML, half a JSON object, a stream without an end. */
  | 'protocol'
  | 'refused-redirect'
  /** The client went away. Nobody reads this fault. */
  | 'aborted';

/** A failure of an upstream. Faults are values: they are returned and streamed, never thrown. */
export interface Fault {
  readonly kind: FaultKind;
  /**
   * For people: what the provider said, else a full sentence of the protocol's. For `context-overflow` it starts with
   * `prompt is too long`, and goes on with `: N tokens > M maximum` where the upstream gave both; what is missing is added
   * by the proxy.
   */
  readonly message: string;
  /** The HTTP status the upstream gave, absent when it gave none. */
  readonly status?: number;
  /** Whether the same request may succeed later or elsewhere. */
  readonly retryable: boolean;
  /** How long the upstream asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The upstream's own code for it, e.g. `context_length_exceeded`. */
  readonly code?: string;
  /** For `context-overflow`: the tokens that the upstream counted in the prompt, where it says so. */
  readonly promptTokens?: number;
  /** For `context-overflow`: the most tokens that the model takes, where the upstream says so. */
  readonly maximumTokens?: number;
  /** What of the request the upstream refused, where leaving that out may save it. */
  readonly refused?: Refusal;
}

/** A part of a request that an upstream would not take. */
export type Refusal =
  /** A top-level field, under its name on the wire. */
  | { readonly part: 'field'; readonly name: string }
  /** A tool, under its name on the wire. */
  | { readonly part: 'tool'; readonly name: string }
  /** A tool, by its place among the tools that were sent, counted from 0: some upstreams name it in no other way. */
  | { readonly part: 'tool'; readonly index: number }
  /**
   * The limit of the answer: the most tokens that the upstream lets a request ask for. `ofThisPrompt`: another prompt
   * would leave room for more.
   */
  | { readonly part: 'output-limit'; readonly maximum: number; readonly ofThisPrompt?: true }
  /** Provider state of earlier turns, such as encrypted reasoning of another account. */
  | { readonly part: 'state' };

const RETRYABLE_KINDS: ReadonlySet<FaultKind> = new Set([
  'rate-limit',
  'overloaded',
  'server',
  'timeout',
  'connection',
  'protocol',
]);

/** The usual reading of an HTTP status, for protocols that have nothing better. */
export function faultKindOfStatus(status: number): FaultKind {
  switch (status) {
    case 400:
    case 422:
      return 'invalid-request';
    case 401:
      return 'authentication';
    case 402:
      return 'billing';
    case 403:
      return 'permission';
    case 404:
    case 405:
    case 410:
      return 'not-found';
    case 408:
    case 504:
      return 'timeout';
    case 413:
      return 'too-large';
    case 429:
      return 'rate-limit';
    case 503:
    case 529:
      return 'overloaded';
    default:
      return status >= 500 ? 'server' : 'invalid-request';
  }
}

/** Whether a fault of this kind may go away by itself. A 409 or 425 is retryable although its kind is not. */
export function isRetryableFault(kind: FaultKind, status?: number): boolean {
  return RETRYABLE_KINDS.has(kind) || status === 409 || status === 425;
}

/** A fault of the kind `protocol`: the upstream broke its own protocol. `message` is a full sentence for people. */
export function protocolFault(message: string): Fault {
  return { kind: 'protocol', message, retryable: isRetryableFault('protocol') };
}
