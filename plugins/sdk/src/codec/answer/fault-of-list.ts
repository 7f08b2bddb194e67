import { protocolFault, type Fault } from '../../index.ts';
import { readErrorBody } from '../faults/error-body.ts';
import { readFaultBody } from '../faults/read-fault.ts';

/**
 * What a list means where an event should be: Gemini sends an error in one. An empty list says nothing; any other breaks
 * the protocol.
 */
export function faultOfList(list: readonly unknown[]): Fault | undefined {
  if (list.length === 0) return undefined;
  if (readErrorBody(list) !== undefined) return readFaultBody(list);
  return protocolFault('The provider sent a list where an event should be.');
}
