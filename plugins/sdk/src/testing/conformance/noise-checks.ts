import type { Json, SseEvent } from '../../index.ts';
import { parseSse } from '../sse.ts';
import { demandOfEach, type Check, type CheckGroup, type Subject } from './check.ts';
import { decode, endingProblems, eventProblems } from './decoding.ts';
import { mutate, randomJson } from './random-json.ts';
import { Random } from './random.ts';
import { replaceNumbers } from './strings-of.ts';

/** Characters of a stream that a problem quotes. */
const MOST_QUOTED = 1000;

/** Events that mean nothing in any dialect. */
export const GARBAGE: readonly SseEvent[] = [
  { data: '' },
  { data: ' ' },
  { data: 'not json' },
  { data: '{"half":' },
  { data: 'null' },
  { data: '[]' },
  { data: '{}' },
  { data: '42' },
  { data: '"text"' },
  { data: '[DONE]' },
  { data: '[done]' },
  { event: 'surprise', data: '{"type":"surprise"}' },
  { event: 'error', data: '{}' },
  { event: 'error', data: 'not json' },
  { event: '', data: '{"error":null}' },
  { data: '<!doctype html><title>502</title>' },
];

/** What providers have sent in place of counts and indexes. */
export const ODD_NUMBERS: readonly Json[] = [-1, 0.5, null, '7', 1e300];

/** Checks that whatever comes in, what goes out keeps the grammar. */
export function noiseChecks(subject: Subject): CheckGroup {
  const { streams, rounds, seed } = subject;
  const check = (title: string, makeNoise: (random: Random, sample: readonly SseEvent[]) => SseEvent[]): Check => ({
    title,
    run: () =>
      demandOfEach(
        Array.from({ length: rounds }, (_one, round) => seed + round),
        (round) => `seed ${round}`,
        (round) => {
          const random = new Random(round);
          const events = makeNoise(random, streams.length === 0 ? [] : random.pick(streams));
          return noiseProblems(subject, events);
        },
      ),
  });
  const anything = check('keeps the grammar whatever comes', (random) =>
    random.list(6, () => ({ data: JSON.stringify(randomJson(random)) })),
  );
  const title = 'decodeStream, given noise,';
  if (streams.length === 0) return { title, checks: [anything], unchecked: [] };
  return {
    title,
    unchecked: [],
    checks: [
      anything,
      check('keeps the grammar with garbage between the events', withGarbage),
      check('keeps the grammar with events missing, repeated and exchanged', shuffled),
      check('keeps the grammar with values changed inside the events', mutated),
      check('keeps the grammar with bytes changed', withByteNoise),
      {
        title: 'keeps the grammar and sound counts with odd numbers in every place',
        run: () =>
          demandOfEach(
            ODD_NUMBERS,
            (odd) => `every number is ${JSON.stringify(odd)}`,
            (odd) => streams.flatMap((sample) => noiseProblems(subject, withNumbers(sample, odd))),
          ),
      },
    ],
  };
}

function noiseProblems(subject: Subject, events: readonly SseEvent[]): string[] {
  const decoded = decode(subject, events);
  const problems = [...eventProblems(decoded), ...endingProblems(decoded)];
  return problems.map((problem) => `${problem}\nin the stream ${JSON.stringify(events).slice(0, MOST_QUOTED)}`);
}

function withNumbers(sample: readonly SseEvent[], odd: Json): SseEvent[] {
  return sample.map((event) => {
    const value = parsed(event.data);
    return typeof value === 'object' ? { ...event, data: JSON.stringify(replaceNumbers(value, odd)) } : event;
  });
}

function withGarbage(random: Random, sample: readonly SseEvent[]): SseEvent[] {
  const events = [...sample];
  for (let count = 1 + random.below(3); count > 0; count -= 1)
    events.splice(random.below(events.length + 1), 0, random.pick(GARBAGE));
  return events;
}

function shuffled(random: Random, sample: readonly SseEvent[]): SseEvent[] {
  const events = [...sample];
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const taken = events.splice(random.below(events.length), 1);
    for (let copies = random.below(3); copies > 0; copies -= 1)
      events.splice(random.below(events.length + 1), 0, ...taken);
  }
  return events;
}

function mutated(random: Random, sample: readonly SseEvent[]): SseEvent[] {
  const chance = 2 / sample.length;
  return sample.map((event) => {
    if (!random.chance(chance)) return event;
    return { ...event, data: JSON.stringify(mutate(random, parsed(event.data))) };
  });
}

function parsed(data: string): Json {
  try {
    return JSON.parse(data) as Json;
  } catch {
    return data;
  }
}

/** One byte in twenty is another one, as on a bad line. */
function withByteNoise(random: Random, sample: readonly SseEvent[]): SseEvent[] {
  const text = sample.map(({ event, data }) => `${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`);
  const bytes = new TextEncoder().encode(text.join(''));
  for (let count = Math.ceil(bytes.length * random.pick([0.001, 0.01, 0.05])); count > 0; count -= 1)
    bytes[random.below(bytes.length)] = random.below(256);
  return parseSse([bytes]);
}
