import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { SseEvent } from '@claudex/sdk';
import { startRecord, type ExchangeRecord } from '../../src/proxy/exchange.ts';
import { StreamTap } from '../../src/proxy/answer/stream-tap.ts';
import { contextOf } from './context.ts';

/** What the proxy does with the events of a stream that it passes on: read them for the record. */
export function tapStream(events: readonly SseEvent[]): ExchangeRecord {
  const record = startRecord();
  const tap = new StreamTap(record);
  const decoder = anthropicMessages.decodeStream(contextOf());
  for (const event of events) {
    for (const canonical of decoder.push(event)) tap.see(canonical);
  }
  return record;
}

/** The floor of a tap: parse every event and look at its type. Returns how many had one. */
export function parseEach(events: readonly SseEvent[]): number {
  let typed = 0;
  for (const { data } of events) {
    if (typeof (JSON.parse(data) as { type?: unknown }).type === 'string') typed += 1;
  }
  return typed;
}
