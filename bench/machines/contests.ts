import type { SseEvent } from '@claudex/sdk';
import { sseText } from '../../src/proxy/answer/sse-text.ts';
import { anthropicStream } from '../fixtures/anthropic-answer.ts';
import { makeAnswer, type AnswerSize } from '../fixtures/answer.ts';
import { chatStream } from '../fixtures/chat-answer.ts';
import { longestRecordedStream } from '../fixtures/recorded-stream.ts';
import { sessionBody } from '../fixtures/request-body.ts';
import { sealedReasoning } from '../fixtures/sealed-reasoning.ts';
import { encodeRequest, rewriteRequest } from './encode-request.ts';
import { readEvents, scanEvents } from './read-events.ts';
import { parseEach, tapStream } from './tap-stream.ts';
import { SIDES, type Side } from './sides.ts';
import { templateStream } from './template-stream.ts';
import { translateStream } from './translate-stream.ts';

/** Events that one read of an upstream brings when the stream is fast. */
const EVENTS_PER_READ = 16;
/** Size of a piece where only bytes count. */
const PIECE_BYTES = 4_096;
/** 300,000 events per second and core. */
const EVENT_LIMIT_NS = 3_333;
const MEGABYTE = 1_000_000;

/** 20,000 events: reasoning, text, and two calls of tools. */
const LONG_ANSWER: AnswerSize = { reasoning: 3_000, text: 12_000, calls: [4_000, 1_000] };

const { chat: CHAT, responses: RESPONSES } = SIDES;

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
  'chat-stream': () => streamContest(CHAT, CHAT.streamOf(makeAnswer(LONG_ANSWER))),
  'responses-stream': () => streamContest(RESPONSES, RESPONSES.streamOf(makeAnswer(LONG_ANSWER))),
  'recorded-chat': () => recordedContest(CHAT),
  'recorded-responses': () => recordedContest(RESPONSES),
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
  'chat-request-200k': () => requestContest(CHAT, sessionBody(200_000, true)),
  'chat-request-2m': () => requestContest(CHAT, sessionBody(2 * MEGABYTE, true)),
  'chat-reasoning-2m': () => requestContest(CHAT, reasoningBody(CHAT)),
  'responses-request-2m': () => requestContest(RESPONSES, sessionBody(2 * MEGABYTE, true)),
  'responses-reasoning-2m': () => requestContest(RESPONSES, reasoningBody(RESPONSES)),
} satisfies { [name: string]: () => Contest | undefined };

function recordedContest(side: Side): Contest | undefined {
  const events = longestRecordedStream(side.recordings);
  return events && streamContest(side, events);
}

function streamContest({ protocol, writeDelta }: Side, events: readonly SseEvent[]): Contest {
  const reads = group(events, EVENTS_PER_READ);
  // Strings that were only joined, never flattened, would make the more fragmented writer look cheap.
  const sink = (text: string): unknown => Buffer.from(text);
  return {
    ...eventFigures(events),
    against: 'parse + template',
    claudex: () => translateStream(protocol, reads, sink),
    floor: () => templateStream(writeDelta, reads, sink),
    target: 1.3,
    limitNs: EVENT_LIMIT_NS,
  };
}

/** A session in which every turn of the model began with reasoning that has to go back. */
function reasoningBody({ protocol, streamOf }: Side): Buffer {
  return sessionBody(2 * MEGABYTE, true, sealedReasoning(protocol, streamOf));
}

function requestContest({ protocol }: Side, body: Buffer): Contest {
  return {
    unit: 'request',
    units: 1,
    bytes: body.byteLength,
    against: 'parse + stringify',
    claudex: () => encodeRequest(protocol, body),
    floor: () => rewriteRequest(body),
    target: 1.4,
  };
}

function eventFigures(events: readonly SseEvent[]): Pick<Contest, 'unit' | 'units' | 'bytes'> {
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(sseText(event)), 0);
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
