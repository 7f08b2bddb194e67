import { setTimeout as pause } from 'node:timers/promises';
import { sessionBody, smallBody } from '../fixtures/request-body.ts';
import { portion, type Effort } from '../measure/effort.ts';
import { runRounds, seriesOf, type Figures } from '../measure/rounds.ts';
import { median } from '../measure/statistics.ts';
import type { ServerName, Stage } from '../proxy/stage.ts';
import { absolute, compare, type Row } from '../report/row.ts';
import { numberedAnswer } from './numbered.ts';
import { readStreams } from './read-streams.ts';

const PATH = '/proxy/translated/v1/messages';
const LARGE_BYTES = 30 * 1024 * 1024;
const STREAMS = 20;
const EVERY_MS = 20;
/** Long enough for the large request to be sent and answered meanwhile, at full size and at the smallest. */
const PIECES = 100;
const FEWEST_PIECES = 30;
/** How long the streams run before the large body comes, in milliseconds. */
const QUIET_MS = 200;
const TARGET_MS = 250;

/** The longest pause that one large body brings to streams that run meanwhile, next to streams that run alone. */
export async function runLargeBody(stage: Stage, effort: Effort): Promise<Row[]> {
  const body = sessionBody(portion(LARGE_BYTES, effort), true);
  const pieces = Math.max(FEWEST_PIECES, portion(PIECES, effort));
  const samples = await runRounds(
    {
      quiet: () => visit(stage, 'claudex', pieces),
      'quiet again': () => visit(stage, 'claudex', pieces),
      pass: () => visit(stage, 'pass', pieces, body),
      jsonfloor: () => visit(stage, 'jsonfloor', pieces, body),
      claudex: () => visit(stage, 'claudex', pieces, body),
    },
    effort.pacedRounds,
  );
  const gap = { bench: 'large-body', key: 'gap', subject: 'claudex', control: ['quiet', 'quiet again'] } as const;
  const measure = `longest gap in ${STREAMS} streams, ms`;
  const longest = median(seriesOf(samples, 'claudex', 'gap'));
  const judged = effort.share < 1 ? {} : absolute(gap.bench, measure, longest, TARGET_MS);
  return [
    { ...compare(samples, { ...gap, measure, against: 'quiet' }), ...judged },
    compare(samples, { ...gap, measure, against: 'jsonfloor' }),
    compare(samples, { ...gap, measure, against: 'pass' }),
  ];
}

async function visit(stage: Stage, name: ServerName, pieces: number, large?: Buffer): Promise<Figures> {
  const { port } = stage.servers[name];
  stage.upstream.answerWith(numberedAnswer(pieces), true, EVERY_MS);
  const open = (body: Buffer, count: number) => readStreams({ port, path: PATH, body, count, pieces });
  const reading = open(smallBody(true), STREAMS);
  const disturb = async (): Promise<void> => {
    await reading.begun;
    await pause(QUIET_MS);
    if (large) await open(large, 1).ended;
  };
  const [seen] = await Promise.all([reading.ended, disturb()]);
  return { gap: Math.max(...seen.map(({ worstGapMs }) => worstGapMs)) };
}
