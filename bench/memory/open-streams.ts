import { makeAnswer, marksOf } from '../fixtures/answer.ts';
import { chatStream } from '../fixtures/chat-answer.ts';
import { countMarks } from '../fixtures/prose.ts';
import { smallBody } from '../fixtures/request-body.ts';
import { portion, type Effort } from '../measure/effort.ts';
import type { Figures, Samples } from '../measure/rounds.ts';
import { TOKEN } from '../processes/own-home.ts';
import type { Held } from '../processes/usage.ts';
import { SERVERS, type ServerName, type Stage } from '../proxy/stage.ts';
import { absolute, compare, type Row } from '../report/row.ts';
import { holdStreams } from './held-load.ts';

const STREAMS = 500;
const RSS_TARGET_MIB = 220;
const ANSWER = makeAnswer({ text: 100 });

/** What every server keeps for streams that are open and silent, half of each answer given. */
export async function runOpenStreams(stage: Stage, effort: Effort): Promise<Row[]> {
  const samples: { [name: string]: Figures[] } = {};
  const count = portion(STREAMS, effort);
  for (const name of SERVERS) {
    // A process that has had so many streams before keeps more of the system's memory than one that is new.
    await visit(stage, name, count);
    samples[name] = [await visit(stage, name, count)];
  }
  return rowsOf(samples, count);
}

async function visit(stage: Stage, name: ServerName, count: number): Promise<Figures> {
  const server = stage.servers[name];
  const events = chatStream(ANSWER);
  const sent = events.slice(0, Math.floor(events.length / 2));
  stage.upstream.answerWith(ANSWER, true);
  const release = stage.upstream.holdHalfway();
  const before = await server.held();
  const streams = {
    port: server.port,
    path: '/proxy/translated/v1/messages',
    token: TOKEN,
    body: smallBody(true),
    count,
    half: countMarks(sent.map(({ data }) => data).join('')),
    whole: marksOf(ANSWER),
  };
  const during: Held = await holdStreams(streams, release, () => server.held());
  return { perStream: (during.heldKiB - before.heldKiB) / count, rss: during.rssMiB };
}

function rowsOf(samples: Samples, count: number): Row[] {
  const common = { bench: 'open-streams', subject: 'claudex', control: ['pass', 'pass again'] } as const;
  const heap = { ...common, key: 'perStream', measure: 'KiB per open stream' };
  const rss = compare(samples, {
    ...common,
    key: 'rss',
    measure: `RSS with ${count} streams, MiB`,
    against: 'jsonfloor',
  });
  const judged = count === STREAMS ? absolute(rss.bench, rss.measure, rss.ours, RSS_TARGET_MIB) : undefined;
  return [
    compare(samples, { ...heap, against: 'jsonfloor' }),
    compare(samples, { ...heap, against: 'pass' }),
    { ...rss, ...judged },
  ];
}
