import { smallBody } from '../fixtures/request-body.ts';
import { portion, type Effort } from '../measure/effort.ts';
import { runRounds, type Figures } from '../measure/rounds.ts';
import { percentile } from '../measure/statistics.ts';
import { SERVERS, type ServerName, type Stage } from '../proxy/stage.ts';
import { compare, type Row } from '../report/row.ts';
import { numberedAnswer } from './numbered.ts';
import { readStreams } from './read-streams.ts';

const PATH = '/proxy/translated/v1/messages';
const PIECES = 10;
/** How many streams begin at once, and how often in a visit. */
const CROWDS = [
  { streams: 1, times: 200 },
  { streams: 50, times: 12 },
] as const;

/** Time from a request to the first event of its answer that carries text: streams that begin alone, and 50 at once. */
export async function runFirstEvent(stage: Stage, effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { streams, times } of CROWDS) {
    const visits = SERVERS.map((name) => [name, () => visit(stage, name, streams, portion(times, effort))] as const);
    const samples = await runRounds(Object.fromEntries(visits), effort.rounds);
    const common = { bench: 'first-event', subject: 'claudex', control: ['pass', 'pass again'] } as const;
    const p50 = { ...common, key: 'p50', measure: `first event p50, ${streams} at once, ms` };
    rows.push(
      compare(samples, { ...p50, against: 'jsonfloor' }),
      compare(samples, { ...p50, against: 'pass' }),
      compare(samples, { ...p50, key: 'p99', measure: `first event p99, ${streams} at once, ms`, against: 'pass' }),
    );
  }
  return rows;
}

async function visit(stage: Stage, name: ServerName, count: number, times: number): Promise<Figures> {
  const { port } = stage.servers[name];
  stage.upstream.answerWith(numberedAnswer(PIECES), true);
  const firsts: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const seen = await readStreams({ port, path: PATH, body: smallBody(true), count, pieces: PIECES }).ended;
    firsts.push(...seen.map(({ firstMs }) => firstMs));
  }
  return { p50: percentile(firsts, 0.5), p99: percentile(firsts, 0.99) };
}
