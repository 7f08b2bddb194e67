import type { SseEvent } from '@claudex/sdk';
import { anthropicStream } from '../fixtures/anthropic-answer.ts';
import { makeAnswer } from '../fixtures/answer.ts';
import { chatStream } from '../fixtures/chat-answer.ts';
import { longestRecordedStream } from '../fixtures/recorded-stream.ts';
import { sessionBody } from '../fixtures/request-body.ts';
import { encodeRequest, rewriteRequest } from './encode-request.ts';
import { readEvents, scanEvents } from './read-events.ts';
import { parseEach, tapStream } from './tap-stream.ts';
import { templateStream } from './template-stream.ts';
import { translateStream } from './translate-stream.ts';

/** Events that one read of an upstream brings when the stream is fast. */
const EVENTS_PER_READ = 16;
/** Size of a piece where only bytes count. */
const PIECE_BYTES = 4_096;
/** 300,000 events per second and core. */
const EVENT_LIMIT_NS = 3_333;
const MEGABYTE = 1_000_000;

/** Our code and the least that anybody would have to do instead, on the same input. */
export interface Contest {
  /** What is counted. */
  readonly unit: 'event' | 'request';
  /** Units in one pass over the input. */
  readonly units: number;
  /** Bytes of one pass. */
  readonly bytes: number;
  /** What the floor does. */
  readonly against: string;
  readonly claudex: () => unknown;
  readonly floor: () => unknown;
  /** Highest ratio that counts as good. */
  readonly target?: number;
  /** Most nanoseconds per unit that count as good. */
  readonly limitNs?: number;
}

/** The contests of the machines by name. One that needs recordings gives `undefined` where there are none. */
export const CONTESTS = {
  'stream-machine': () =>
    streamContest(chatStream(makeAnswer({ reasoning: 3_000, text: 12_000, calls: [4_000, 1_000] }))),
  'recorded-machine': () => {
    const events = longestRecordedStream();
    return events && streamContest(events);
  },
  tap: () => {
    const events = anthropicStream(makeAnswer({ reasoning: 3_000, text: 12_000, calls: [5_000] }));
    const contest = { claudex: () => tapStream(events), floor: () => parseEach(events), against: 'parse' };
    return { ...contest, ...eventFigures(events), target: 1.3 };
  },
  'sse-reader': () => {
    const events = chatStream(makeAnswer({ text: 10_000 }));
    const pieces = cut(Buffer.from(events.map(({ data }) => `data: ${data}\n\n`).join('')), PIECE_BYTES);
    const contest = { claudex: () => readEvents(pieces), floor: () => scanEvents(pieces), against: 'hand scan' };
    return { ...contest, ...eventFigures(events) };
  },
  'encode-200k': () => requestContest(200_000),
  'encode-2m': () => requestContest(2 * MEGABYTE),
} satisfies { [name: string]: () => Contest | undefined };

function streamContest(events: readonly SseEvent[]): Contest {
  const reads = group(events, EVENTS_PER_READ);
  // Strings that were only joined, never flattened, would make the more fragmented writer look cheap.
  const sink = (text: string): unknown => Buffer.from(text);
  return {
    ...eventFigures(events),
    against: 'parse + template',
    claudex: () => translateStream(reads, sink),
    floor: () => templateStream(reads, sink),
    target: 1.3,
    limitNs: EVENT_LIMIT_NS,
  };
}

function requestContest(bytes: number): Contest {
  const body = sessionBody(bytes, true);
  return {
    unit: 'request',
    units: 1,
    bytes: body.byteLength,
    against: 'parse + stringify',
    claudex: () => encodeRequest(body),
    floor: () => rewriteRequest(body),
    target: 1.4,
  };
}

function eventFigures(events: readonly SseEvent[]): Pick<Contest, 'unit' | 'units' | 'bytes'> {
  const bytes = events.reduce((sum, { data }) => sum + Buffer.byteLength(data) + 'data: \n\n'.length, 0);
  return { unit: 'event', units: events.length, bytes };
}

function group<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
