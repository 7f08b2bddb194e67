import { UpstreamError, type HttpRequest } from '../http/index.ts';
import type { Problem } from './connectivity.ts';
import { explainError, tooSlow } from './explain-error.ts';
import type { TrialWay } from './trial-way.ts';

/** How long a call may take unless the caller says otherwise, in milliseconds. */
const LIMIT_MS = 10_000;

/** Lists of models are long; what is wrong stands at the beginning, in bytes. */
const MOST_BYTES = 1024 * 1024;

/** A complete answer, whatever its status. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  /** There was more than was read. */
  readonly isCut: boolean;
}

/** One call, how long it took in milliseconds, and where it went, without path and query. */
export type Sent = { readonly latencyMs: number; readonly origin: string } & (
  | { readonly answer: Answer }
  | { readonly problem: Problem }
);

/** Sends a request and reads the answer, within the limit of the way. Throws only when `signal` ended it. */
export async function sendOnce(request: HttpRequest, way: TrialWay, signal: AbortSignal): Promise<Sent> {
  const limitMs = way.limitMs ?? LIMIT_MS;
  const limit = AbortSignal.timeout(limitMs);
  const began = performance.now();
  const { origin } = new URL(request.url);
  const facts = (): { latencyMs: number; origin: string } => ({
    latencyMs: Math.round(performance.now() - began),
    origin,
  });
  try {
    const limits = { connectMs: limitMs, firstByteMs: limitMs, idleMs: limitMs };
    const { status, headers, ...response } = await way.upstream.send(request, limits, AbortSignal.any([signal, limit]));
    const text = await response.text(MOST_BYTES);
    return { ...facts(), answer: { status, headers, text, isCut: Buffer.byteLength(text) >= MOST_BYTES } };
  } catch (error) {
    if (signal.aborted || !(error instanceof UpstreamError)) throw error;
    return { ...facts(), problem: limit.aborted ? tooSlow(origin, limitMs) : explainError(error, origin) };
  }
}
