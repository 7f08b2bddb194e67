/** A stable word for why a provider cannot be used as the profile wants to. */
export type ProblemCode =
  | 'key-missing'
  | 'key-refused'
  | 'not-found'
  | 'model-not-found'
  | 'model-missing'
  | 'rate-limited'
  | 'not-paid'
  | 'request-refused'
  | 'server-error'
  | 'name-unknown'
  | 'connection-refused'
  | 'connection-failed'
  | 'certificate-refused'
  | 'timeout'
  | 'redirect'
  | 'not-http'
  | 'not-json'
  | 'web-page'
  | 'cannot-start'
  | 'profile-incomplete'
  | 'check-failed';

/** Why it does not work and what to do about it, for people. Holds no secret. */
export interface Problem {
  readonly code: ProblemCode;
  readonly reason: string;
  readonly remedy: string;
}

/** What one test of a profile found out. */
export interface Connectivity {
  readonly ok: boolean;
  /** Time of the call that decided, in milliseconds; `null` when nothing was sent. */
  readonly latency_ms: number | null;
  /** What decided: the list of models, or a completion of a few tokens; `null` when nothing was sent. */
  readonly asked: 'models' | 'completion' | null;
  /** Absent when all is well. */
  readonly problem?: Problem;
}
