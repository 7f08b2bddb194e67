import { UpstreamError } from '../http/index.ts';

/** The value of what is waited for, or an `UpstreamError` as soon as `signal` aborts: of the kind `timeout` when that was a clock. */
export async function unlessAborted<Value>(waited: Value | Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (!(waited instanceof Promise)) return waited;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(whyAborted(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function whyAborted({ reason }: AbortSignal): UpstreamError {
  const isLate = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isLate
    ? new UpstreamError('timeout', 'the exchange of its credential took too long')
    : new UpstreamError('aborted', 'nobody waits for the exchange of its credential any more');
}
