import { protocolFault, type Fault } from '@claudex/sdk';
import { OVER_OUR_LIMIT } from '../../failover/index.ts';

/** The fault of an answer that is larger than the proxy takes. `message` is a full sentence for people. */
export function limitFault(message: string): Fault {
  return { ...protocolFault(message), code: OVER_OUR_LIMIT };
}
