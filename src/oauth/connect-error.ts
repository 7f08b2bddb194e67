import { messageOf, systemCodeOf } from '../errors/index.ts';
import { UpstreamError } from '../http/index.ts';

/**
 * Why a provider gave no connection. `refused`: it does not take the credential, or there is none; `unavailable`: it cannot
 * be reached or has no time; `unusable`: it answered with something that makes no sense.
 */
export type ConnectErrorKind = 'refused' | 'unavailable' | 'unusable';

/** A credential could not be exchanged. The message is a sentence for people and holds no secret. */
export class ConnectError extends Error {
  readonly kind: ConnectErrorKind;
  /** What to do about it. */
  readonly remedy: string;

  constructor(kind: ConnectErrorKind, message: string, remedy: string) {
    super(message);
    this.name = 'ConnectError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

const REMEDIES: { readonly [kind in ConnectErrorKind]: string } = {
  refused: 'Check the key of the profile and what its account may do.',
  unavailable: 'Try again in a moment.',
  unusable: 'Check the options of the profile; the plugin of the provider may be out of date.',
};

/** What a rejected exchange means, and how it is told. */
export interface RejectionFacts {
  /** The provider's name for people. */
  readonly title: string;
  /** The status of the last answer that the exchange got; absent when it got none. */
  readonly status: number | undefined;
  readonly scrub: (text: string) => string;
}

/** Makes of whatever an exchange was rejected with an error that can be shown. */
export function connectErrorOf(thrown: unknown, { title, status, scrub }: RejectionFacts): ConnectError {
  if (thrown instanceof ConnectError) return thrown;
  const kind = kindOf(thrown, statusOf(thrown) ?? status);
  const reason = scrub(messageOf(thrown)).trim().replace(/\.$/, '');
  return new ConnectError(kind, `${title}: ${reason}.`, REMEDIES[kind]);
}

/** An exchange that got no answer and did not fail on the way found what it needs missing on this machine. */
function kindOf(thrown: unknown, status: number | undefined): ConnectErrorKind {
  if (thrown instanceof UpstreamError) {
    if (thrown.kind === 'refused-redirect' || thrown.kind === 'protocol') return 'unusable';
    return 'unavailable';
  }
  if (status === undefined) return /^E[A-Z]+$/.test(systemCodeOf(thrown) ?? '') ? 'unavailable' : 'refused';
  if (status === 400 || status === 401 || status === 403) return 'refused';
  return status === 408 || status === 429 || status >= 500 ? 'unavailable' : 'unusable';
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}
