import { FaultError, faultOf } from '../fault-error.ts';
import type { ProxyState } from '../proxy-state.ts';
import type { Call } from './call.ts';

/** Whether a provider refused what it gave in exchange for the profile's credential, rather than the request. */
export function isLoginRefused({ current: { bound } }: Call, { fault }: FaultError): boolean {
  if (!bound.provider.connect) return false;
  if (fault.kind === 'authentication') return true;
  // Some say so with the status for what an account may not do.
  return (
    fault.kind === 'permission' && /\bexpired\b/i.test(`${fault.code ?? ''} ${fault.message}`.replaceAll('_', ' '))
  );
}

/** Exchanges the credential again and writes the same request with what it gave. Returns why that cannot be done. */
export async function renew(state: ProxyState, call: Call): Promise<FaultError | undefined> {
  const { current } = call;
  state.reach.forget(current.bound, current.request.headers);
  try {
    call.current = await current.again();
    return undefined;
  } catch (error) {
    return error instanceof FaultError ? error : new FaultError(faultOf(error, current.record, state.shutdown.aborted));
  }
}
