import { makeAnswer, marksOf } from '../fixtures/answer.ts';
import { smallBody } from '../fixtures/request-body.ts';
import { portion, type Effort } from '../measure/effort.ts';
import { lineThrough, type Line } from '../measure/line.ts';
import { TOKEN } from '../processes/own-home.ts';
import { generateLoad } from '../proxy/generate-load.ts';
import type { ServerName, Stage } from '../proxy/stage.ts';
import type { Row } from '../report/row.ts';
import type { Verdict } from '../report/verdict.ts';

const POINTS = 10;
/** Between two points. */
const REQUESTS = 2_000;
const STREAMS = 20;
/** Before the first point: a proxy loads some things only when it has answered thousands of requests. */
const WARM_UP = 6_000;
const CONCURRENCY = 16;
const PER_REQUESTS = 10_000;
const ANSWER = makeAnswer({ text: 30 });
/** With a larger doubt nothing is decided, in MiB per 10,000 requests. */
const MOST_DOUBT_MIB = 4;

/** Whether memory grows with the number of requests: a line through what is left after the garbage was collected. */
export async function runSlope(stage: Stage, effort: Effort): Promise<Row[]> {
  const ours = await visit(stage, 'claudex', effort);
  const floor = await visit(stage, 'jsonfloor', effort);
  const row = (key: 'rss' | 'heap', unit: string): Row => ({
    bench: 'slope',
    measure: `${unit} per 10,000 requests, ± ${ours[key].doubt.toFixed(2)}`,
    ours: ours[key].slope,
    floor: floor[key].slope,
    against: 'jsonfloor',
  });
  return [
    { ...row('rss', 'RSS, MiB'), ...(effort.share === 1 && { target: 0, verdict: judgeGrowth(ours.rss, floor.rss) }) },
    row('heap', 'heap, KiB'),
  ];
}

/**
 * Judges growth beyond that of the floor, whose memory grows as well until Node has found its size. What could just as
 * well be none is none, unless the points lie all over the place.
 */
export function judgeGrowth(ours: Line, floor: Line): Verdict {
  const growth = ours.slope - floor.slope;
  const doubt = Math.hypot(ours.doubt, floor.doubt);
  if (growth > doubt) return 'not met';
  return doubt > MOST_DOUBT_MIB ? 'unresolved' : 'met';
}

async function visit(stage: Stage, name: ServerName, effort: Effort): Promise<{ rss: Line; heap: Line }> {
  const server = stage.servers[name];
  const requests = { port: server.port, path: '/proxy/translated/v1/messages', token: TOKEN, marks: marksOf(ANSWER) };
  const send = (stream: boolean, count: number): Promise<unknown> => {
    stage.upstream.answerWith(ANSWER, stream);
    const concurrency = Math.min(CONCURRENCY, count);
    return generateLoad({ ...requests, body: smallBody(stream), count, concurrency });
  };
  await send(false, portion(WARM_UP, effort));
  const rss: [number, number][] = [];
  const heap: [number, number][] = [];
  let sent = 0;
  for (let point = 0; point < POINTS; point += 1) {
    const count = portion(REQUESTS, effort);
    await send(false, count);
    await send(true, portion(STREAMS, effort));
    sent += count;
    const held = await server.held();
    rss.push([sent / PER_REQUESTS, held.rssMiB]);
    heap.push([sent / PER_REQUESTS, held.heldKiB]);
  }
  return { rss: lineThrough(rss), heap: lineThrough(heap) };
}
