import { UpstreamError, type UpstreamClient } from '../../http/index.ts';
import type { BoundProfile } from '../../router/index.ts';
import { composeRequest } from '../prepare/compose-request.ts';
import type { ProviderReach } from '../provider-reach.ts';

/** Longest that one probe may take, in milliseconds. */
const LIMIT_MS = 5_000;
const LIMITS = { connectMs: LIMIT_MS, firstByteMs: LIMIT_MS, idleMs: LIMIT_MS };

/** Whether a provider answered, and why not as it should. */
export interface Probed {
  readonly state: 'reachable' | 'unreachable';
  /** From the call to the head of the answer, in milliseconds. */
  readonly latency_ms: number;
  /** `credential-refused`, `refused-redirect`, `http-<status>`, `timeout`, `connection` or `error`; `null`: all is well. */
  readonly reason: string | null;
}

/** What a probe goes through. */
export interface ProbeWay {
  readonly upstream: UpstreamClient;
  readonly reach: ProviderReach;
}

/**
 * Asks a provider for its list of models, as the profile would ask for anything, and looks only at how the answer
 * begins. Where there is no such list its base address is asked. `undefined` when `signal` ended it.
 */
export async function probe(
  bound: BoundProfile,
  { upstream, reach }: ProbeWay,
  signal: AbortSignal,
): Promise<Probed | undefined> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const began = performance.now();
  const finished = (state: Probed['state'], reason: string | null): Probed => {
    return { state, latency_ms: Math.round(performance.now() - began), reason };
  };
  try {
    const either = AbortSignal.any([signal, limit]);
    const payload = { operation: 'models', model: bound.models.default } as const;
    const request = await composeRequest(withSomeEndpoint(bound), reach, payload, either);
    const response = await upstream.send(request, LIMITS, either);
    response.cancel();
    return response.status < 500
      ? finished('reachable', isRefusal(response.status) ? 'credential-refused' : null)
      : finished('unreachable', `http-${response.status}`);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (limit.aborted) return finished('unreachable', 'timeout');
    // A redirect is not followed, but somebody is there.
    const kind = error instanceof UpstreamError ? error.kind : 'error';
    return finished(kind === 'refused-redirect' ? 'reachable' : 'unreachable', kind);
  }
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

function withSomeEndpoint(bound: BoundProfile): BoundProfile {
  const { protocol } = bound;
  return { ...bound, protocol: { ...protocol, endpoint: (operation) => protocol.endpoint(operation) ?? '' } };
}
