import { makeAnswer, marksOf } from '../fixtures/answer.ts';
import { chatStream } from '../fixtures/chat-answer.ts';
import { portion, type Effort } from '../measure/effort.ts';
import { runRounds, type Contestants, type Figures, type Samples } from '../measure/rounds.ts';
import { TOKEN } from '../processes/own-home.ts';
import { compare, type Row } from '../report/row.ts';
import { generateLoad } from './generate-load.ts';
import type { Load } from './loads.ts';
import type { ServerName, Stage } from './stage.ts';
import { CHAT_PATH } from './upstream.ts';

const CONTROL = ['pass', 'pass again'] as const;

/** Puts a load on everything on the stage in turn and returns its rows: CPU against the floors, and latency. */
export async function runLoad(bench: string, load: Load, stage: Stage, effort: Effort): Promise<Row[]> {
  const samples = await runRounds(contestantsOf(load, stage, effort), effort.rounds);
  const floor = load.profile === 'translated' ? 'jsonfloor' : 'pass';
  const common = { bench, subject: 'claudex', control: CONTROL } as const;
  const cpu = { ...common, key: 'cpu', measure: load.per === 'event' ? 'CPU, µs per event' : 'CPU, ms per request' };
  return [
    compare(samples, { ...cpu, against: floor, target: load.target }),
    ...(floor === 'pass' ? [] : [compare(samples, { ...cpu, against: 'pass' })]),
    ...addedLatency(bench, load, samples),
    compare(samples, { ...common, key: 'p50', measure: 'latency p50, ms', against: 'pass' }),
    compare(samples, { ...common, key: 'p99', measure: 'latency p99, ms', against: 'pass' }),
  ];
}

/** One visit each: the load, through a server or, where latency is judged, straight to the upstream. */
export function contestantsOf(load: Load, stage: Stage, effort: Effort): Contestants {
  const names: readonly ServerName[] =
    load.profile === 'translated' ? ['pass', 'pass again', 'jsonfloor', 'claudex'] : ['pass', 'pass again', 'claudex'];
  const answer = makeAnswer(load.answer);
  const body = load.body();
  const count = portion(load.requests, effort);
  const units = load.per === 'event' ? count * chatStream(answer).length : count;
  const send = (port: number, path: string): Promise<Figures> => {
    stage.upstream.answerWith(answer, load.stream);
    const { concurrency } = load;
    return generateLoad({ port, path, token: TOKEN, body, count, concurrency, marks: marksOf(answer) }).then(
      ({ p50, p99 }) => ({ p50, p99 }),
    );
  };
  const through = (name: ServerName) => async (): Promise<Figures> => {
    const server = stage.servers[name];
    const before = await server.usage();
    const latencies = await send(server.port, `/proxy/${load.profile}/v1/messages`);
    const used = (await server.usage()).cpuMs - before.cpuMs;
    return { ...latencies, cpu: (used * (load.per === 'event' ? 1000 : 1)) / units };
  };
  const direct = load.addedLatency !== undefined && { direct: () => send(stage.upstream.port, CHAT_PATH) };
  return { ...direct, ...Object.fromEntries(names.map((name) => [name, through(name)])) };
}

/** What each server adds to the latency of the upstream itself. */
function addedLatency(bench: string, { addedLatency: wanted }: Load, samples: Samples): Row[] {
  if (wanted === undefined) return [];
  const added = Object.entries(samples).map(([name, rounds]) => [
    name,
    rounds.map(({ p50 = Number.NaN }, round) => ({ added: p50 - (samples['direct']?.[round]?.['p50'] ?? Number.NaN) })),
  ]);
  const measure = 'latency added, p50, ms';
  const row = {
    bench,
    key: 'added',
    measure,
    subject: 'claudex',
    against: 'pass',
    control: CONTROL,
    ...wanted,
  } as const;
  return [compare(Object.fromEntries(added) as Samples, row)];
}
