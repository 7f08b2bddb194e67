import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { CanonicalEvent, CodecContext, Protocol, SseEvent } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { contextOf, runMachine, tool } from '@claudex/sdk/testing';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings');

/** At the end of the bytes the proxy takes what is left for an event. Some streams were cut behind their last one. */
export const REST: Buffer = Buffer.from('\n\n');

/** The recorded streams of one protocol. */
export interface Recorded {
  readonly protocol: Protocol;
  /** Empty where there are no recordings. */
  readonly streams: readonly string[];
  /** Whether this event says that the answer is complete. */
  finishes(event: SseEvent): boolean;
}

/** All recorded streams by protocol. */
export const RECORDED: readonly Recorded[] = [
  {
    protocol: openaiChat,
    streams: streamsIn('chat'),
    finishes: ({ data }) =>
      data === '[DONE]' || (/"finish_reason": ?"[^"]/.test(data) && parseJson(data) !== undefined),
  },
  {
    protocol: openaiResponses,
    streams: streamsIn('responses'),
    finishes: ({ data }) => /"type": ?"response\.(?:completed|incomplete)"/.test(data) && parseJson(data) !== undefined,
  },
  {
    protocol: anthropicMessages,
    streams: streamsIn('anthropic'),
    finishes: ({ data }) => /"type": ?"message_stop"/.test(data) && parseJson(data) !== undefined,
  },
];

/** The bytes of a recorded stream. */
export function readStream(file: string): Buffer {
  return readFileSync(join(ROOT, file));
}

/** An exchange with a provider that may have its state back; ids are the same in every call. */
export function recordedContext(): CodecContext {
  return { ...contextOf({ tools: [tool('a')] }), origin: 'recorded' };
}

/** What a stream causes. */
export function decode({ protocol }: Recorded, events: readonly SseEvent[]): CanonicalEvent[] {
  return runMachine(protocol.decodeStream(recordedContext()), events);
}

function streamsIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).toSorted();
  return files.filter((file) => file.endsWith('.sse')).map((file) => join(folder, file));
}
