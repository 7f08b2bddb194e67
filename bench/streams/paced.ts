import { setTimeout as pause } from 'node:timers/promises';
import { smallBody } from '../fixtures/request-body.ts';
import { portion, type Effort } from '../measure/effort.ts';
import { runRounds, type Figures } from '../measure/rounds.ts';
import { percentile } from '../measure/statistics.ts';
import { SERVERS, type ServerName, type Stage } from '../proxy/stage.ts';
import { compare, type Row } from '../report/row.ts';
import { numberedAnswer } from './numbered.ts';
import { readStreams } from './read-streams.ts';

/** Streams whose events come slowly. */
export interface PacedLoad {
  readonly streams: number;
  /** Time from one event to the next, in milliseconds. */
  readonly everyMs: number;
  /** How long CPU time is counted, in milliseconds, once all streams have begun. */
  readonly windowMs: number;
  /** How long all streams may take to begin, in milliseconds: none may end before CPU time was counted. */
  readonly openingMs: number;
}

/** The loads by name, in the order of the report. */
export const PACED_LOADS = {
  'paced-50': { streams: 50, everyMs: 20, windowMs: 1_500, openingMs: 500 },
  'paced-500': { streams: 500, everyMs: 100, windowMs: 2_000, openingMs: 1_500 },
} satisfies { [name: string]: PacedLoad };

const PATH = '/proxy/translated/v1/messages';
const TARGET = 1.3;
/** Even few streams need some time to begin. */
const LEAST_OPENING_MS = 400;

/** CPU time of an event that comes alone, memory while all streams are open, and how smoothly their events arrive. */
export async function runPaced(bench: string, load: PacedLoad, stage: Stage, effort: Effort): Promise<Row[]> {
  const visits = SERVERS.map((name) => [name, () => visit(load, stage, name, effort)] as const);
  const samples = await runRounds(Object.fromEntries(visits), effort.pacedRounds);
  const streams = portion(load.streams, effort);
  const common = { bench, subject: 'claudex', control: ['pass', 'pass again'] } as const;
  const cpu = { ...common, key: 'cpu', measure: 'CPU, µs per event' };
  return [
    compare(samples, { ...cpu, against: 'jsonfloor', target: TARGET }),
    compare(samples, { ...cpu, against: 'pass' }),
    compare(samples, { ...common, key: 'rss', measure: `RSS with ${streams} streams, MiB`, against: 'jsonfloor' }),
    compare(samples, { ...common, key: 'gap', measure: 'worst gap in a stream, p99, ms', against: 'pass' }),
  ];
}

async function visit(load: PacedLoad, stage: Stage, name: ServerName, effort: Effort): Promise<Figures> {
  const { everyMs } = load;
  const server = stage.servers[name];
  const windowMs = portion(load.windowMs, effort);
  const pieces = Math.ceil((windowMs + Math.max(LEAST_OPENING_MS, portion(load.openingMs, effort))) / everyMs);
  stage.upstream.answerWith(numberedAnswer(pieces), true, everyMs);
  const streams = { path: PATH, body: smallBody(true), count: portion(load.streams, effort), pieces };
  const reading = readStreams({ port: server.port, ...streams });
  const [{ cpu, rss }, seen] = await Promise.all([
    reading.begun.then(async () => {
      const [before, receivedBefore] = [await server.usage(), reading.received()];
      await pause(windowMs);
      const [after, received] = [await server.usage(), reading.received()];
      return { cpu: ((after.cpuMs - before.cpuMs) * 1000) / (received - receivedBefore), rss: after.rssMiB };
    }),
    reading.ended,
  ]);
  const gaps = seen.map(({ worstGapMs }) => worstGapMs);
  return { cpu, rss, gap: percentile(gaps, 0.99) };
}
