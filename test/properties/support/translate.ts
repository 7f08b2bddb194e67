import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { CanonicalEvent, CodecContext, Protocol, SseEvent } from '@claudex/sdk';
import { contextOf } from '@claudex/sdk/testing';
import { SseReader } from '../../../src/proxy/answer/sse-reader.ts';
import { chat } from '../../matrix/dialects/chat.ts';
import { messages } from '../../matrix/dialects/messages.ts';
import { responses } from '../../matrix/dialects/responses.ts';
import type { Dialect } from '../../matrix/support/dialect.ts';

/** A protocol and how a provider of it speaks. */
export interface Side {
  readonly protocol: Protocol;
  readonly dialect: Dialect;
}

export const SIDES: readonly Side[] = [
  { protocol: openaiChat, dialect: chat },
  { protocol: openaiResponses, dialect: responses },
  { protocol: anthropicMessages, dialect: messages },
];

/** The context of an exchange that keeps state. */
export function context(): CodecContext {
  return { ...contextOf(), origin: 'https://api.example.org', model: 'm' };
}

/** The canonical events that a provider's bytes become, by the proxy's own reader; pieces may end anywhere. */
export function eventsOf({ protocol }: Side, bytes: Iterable<Uint8Array>): CanonicalEvent[] {
  const reader = new SseReader();
  const decoder = protocol.decodeStream(context());
  const events: CanonicalEvent[] = [];
  const take = (all: readonly SseEvent[]): void => {
    for (const event of all) events.push(...decoder.push(event));
  };
  for (const piece of bytes) take(reader.push(piece));
  take(reader.end());
  events.push(...decoder.end());
  return events;
}

/** Events without those that mean nothing for the answer. */
export function meaningful(events: readonly CanonicalEvent[]): CanonicalEvent[] {
  return events.filter(({ type }) => type !== 'ping' && type !== 'loss');
}
