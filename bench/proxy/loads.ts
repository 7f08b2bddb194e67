import type { AnswerSize } from '../fixtures/answer.ts';
import { sessionBody, smallBody } from '../fixtures/request-body.ts';

/** One way of using the proxy. */
export interface Load {
  readonly body: () => Buffer;
  readonly answer: AnswerSize;
  readonly stream: boolean;
  /** Which profile serves it. */
  readonly profile: 'translated' | 'passed';
  readonly concurrency: number;
  /** Requests per visit at full effort. */
  readonly requests: number;
  /** What CPU time is divided by: requests, or events of the upstream. */
  readonly per: 'request' | 'event';
  /** Highest ratio of CPU time to the floor: `jsonfloor` where something is translated, else `pass`. */
  readonly target: number;
  /** Measures how much latency is added; `target` is the highest ratio to what `pass` adds. */
  readonly addedLatency?: { readonly target?: number };
}

const SMALL_ANSWER: AnswerSize = { text: 30 };
const SMALL = {
  body: () => smallBody(false),
  answer: SMALL_ANSWER,
  stream: false,
  profile: 'translated',
  per: 'request',
  target: 1.3,
  addedLatency: {},
} as const;
const SMALL_PASSED = { ...SMALL, profile: 'passed', target: 1.5 } as const;
const STREAMS = {
  stream: true,
  profile: 'translated',
  concurrency: 50,
  requests: 100,
  per: 'event',
  target: 1.3,
} as const;

/** The loads by name, in the order of the report. */
export const LOADS = {
  'small-1': { ...SMALL, concurrency: 1, requests: 1_200, addedLatency: { target: 1.5 } },
  'small-16': { ...SMALL, concurrency: 16, requests: 2_400 },
  'small-64': { ...SMALL, concurrency: 64, requests: 2_400 },
  'pass-small-1': { ...SMALL_PASSED, concurrency: 1, requests: 1_200, addedLatency: { target: 1.5 } },
  'pass-small-16': { ...SMALL_PASSED, concurrency: 16, requests: 2_400 },
  'pass-small-64': { ...SMALL_PASSED, concurrency: 64, requests: 2_400 },
  'body-200k': {
    body: () => sessionBody(200_000, true),
    answer: { text: 18 },
    stream: true,
    profile: 'translated',
    concurrency: 4,
    requests: 160,
    per: 'request',
    target: 1.4,
  },
  'body-2m': {
    body: () => sessionBody(2_000_000, true),
    answer: { text: 18 },
    stream: true,
    profile: 'translated',
    concurrency: 2,
    requests: 20,
    per: 'request',
    target: 1.4,
  },
  streams: { ...STREAMS, body: () => smallBody(true), answer: { text: 400 } },
  'tool-streams': { ...STREAMS, body: () => smallBody(true), answer: { text: 50, calls: [350] } },
  'pass-through': {
    body: () => sessionBody(200_000, false),
    answer: SMALL_ANSWER,
    stream: false,
    profile: 'passed',
    concurrency: 4,
    requests: 320,
    per: 'request',
    target: 1.5,
  },
} satisfies { [name: string]: Load };
