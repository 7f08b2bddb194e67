import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Break } from './reply.ts';

/** How to deliver a stream. */
interface Delivery {
  /** Pause before each chunk, in milliseconds. */
  readonly pauseMs: number;
  readonly breaksOff?: Break;
  /** Aborted when the client went away or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * Writes chunks as Server-Sent Events, at the reader's pace, and ends with `[DONE]`. A stream that breaks off
 * stops after half of its chunks, without a finish reason. Returns early, without an error, once aborted.
 */
export async function writeStream(
  response: ServerResponse,
  chunks: Iterable<object>,
  delivery: Delivery,
): Promise<void> {
  const all = [...chunks];
  const sent = delivery.breaksOff === undefined ? all : all.slice(0, Math.ceil(all.length / 2));
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  try {
    for (const chunk of sent) {
      if (delivery.pauseMs > 0) await pause(delivery.pauseMs, undefined, { signal: delivery.signal });
      delivery.signal.throwIfAborted();
      if (!response.write(`data: ${JSON.stringify(chunk)}\n\n`))
        await once(response, 'drain', { signal: delivery.signal });
    }
  } catch (error) {
    if (delivery.signal.aborted) return;
    throw error;
  }
  finish(response, delivery.breaksOff);
}

function finish(response: ServerResponse, breaksOff: Break | undefined): void {
  if (breaksOff === 'reset') response.destroy();
  else response.end(breaksOff === undefined ? 'data: [DONE]\n\n' : undefined);
}
