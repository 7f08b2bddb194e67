import type { SseEvent } from '@claudex/sdk';

/** One event as it stands on the wire. `data` must not contain line breaks; JSON on one line does not. */
export function sseText({ event, data }: SseEvent): string {
  return event === undefined ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`;
}

/** Keeps a silent connection alive; clients skip it. */
export const PING_TEXT = sseText({ event: 'ping', data: '{"type":"ping"}' });
