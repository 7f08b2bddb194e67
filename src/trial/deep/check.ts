import type { Json, JsonObject } from '@claudex/sdk';
import type { Reply } from './reply.ts';
import type { TokenCount } from './trial-session.ts';

/** Whether a session could use something: `skipped` means that it was not tried. */
export type CheckResult = 'ok' | 'unsupported' | 'failed' | 'skipped';

/** What a check found. `detail` is for people, one line. */
export interface Verdict {
  readonly result: CheckResult;
  readonly detail: string;
}

/** What a check asks with. */
export interface Asking {
  /** Sends a request of the session; `model` and `stream` are filled in. */
  readonly ask: (body: JsonObject) => Promise<Reply>;
  /** Asks how many tokens a request has. */
  readonly count: (body: JsonObject) => Promise<TokenCount>;
}

/** One thing that a session may want from a provider. */
export interface Check {
  /** A stable word for scripts. */
  readonly id: string;
  /** How tables call it. */
  readonly title: string;
  run(asking: Asking): Promise<Verdict>;
}

/** A turn of the user. */
export function user(content: Json): JsonObject {
  return { role: 'user', content };
}

export function ok(detail = ''): Verdict {
  return { result: 'ok', detail };
}

export function unsupported(detail: string): Verdict {
  return { result: 'unsupported', detail };
}

export function failed(detail: string): Verdict {
  return { result: 'failed', detail };
}

/** What a refused request means: statuses that blame the request say that this is not supported. */
export function refused({ status, message }: NonNullable<Reply['failure']>): Verdict {
  const isRequest = status === 400 || status === 404 || status === 422 || status === 501;
  return { result: isRequest ? 'unsupported' : 'failed', detail: `status ${status}: ${message}` };
}
