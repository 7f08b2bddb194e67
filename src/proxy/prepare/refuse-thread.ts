import { isJsonObject } from '@claudex/sdk';
import { RequestError } from '../request-error.ts';

/**
 * Refuses a request that continues a thread which the vendor keeps on its servers: nobody else has its earlier turns,
 * and an answer without them would be wrong. The details make the vendor's SDK send the whole history instead.
 */
export function refuseThread(thread: unknown): void {
  if (!isJsonObject(thread)) return;
  const details = { error_code: 'thread_unsupported_request', unsupported: ['threads'] };
  throw new RequestError(
    400,
    'invalid_request_error',
    'thread: this provider keeps no threads; send the whole conversation',
    {},
    details,
  );
}
