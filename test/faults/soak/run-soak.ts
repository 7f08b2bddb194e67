import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@claudex/sdk/testing';
import { FaultStage, type StagedProfile } from '../support/fault-stage.ts';
import { marked } from '../support/marked.ts';
import { DIALECTS } from '../support/ways.ts';
import { sampleOf, type Sample } from './samples.ts';
import type { SoakOptions } from './soak-options.ts';
import { soakScript } from './soak-script.ts';
import { addAnswer, emptyTally, type Tally } from './tally.ts';
import { Ticker } from './ticker.ts';

/** What a soak came to. */
export interface SoakResult {
  readonly tally: Tally;
  readonly samples: readonly Sample[];
  /** Before the first stream, and after the last one. */
  readonly before: Sample | undefined;
  readonly after: Sample | undefined;
}

/** Most numbers of an answer: so many tenths of a second it takes. Less in a soak that is itself short. */
const LONGEST = 200;
/** An answer that takes this long although its provider is given up after `idle_s` hangs. */
const HANGING_MS = 90_000;
const SAMPLE_MS = 5_000;
/** For connections to close after the last answer, once the provider has closed the idle ones. */
const REST_MS = 2_000;

const SETTINGS = {
  proxy_max_streams: 100_000,
  timeouts: { connect_s: 10, first_byte_s: 20, idle_s: 5, ping_s: 2, drain_s: 2 },
  retry: { max_attempts: 3, max_wait_s: 5, budget: 0.2 },
  // A tenth of a provider that fails is what this is about.
  breaker: { failure_threshold: 1_000_000, failure_ratio: 1, min_requests: 1_000_000 },
};

/** Keeps a proxy of its own busy for as long as it is asked to. `tell` gets each sample as it is taken. */
export async function runSoak(
  { minutes, streams, chaos, seed }: SoakOptions,
  tell: (sample: Sample, tally: Tally) => void,
): Promise<SoakResult> {
  const random = seededRandom(seed);
  const longest = Math.min(LONGEST, Math.ceil(minutes * 300));
  const countAny = (): number => Math.ceil(longest * (0.25 + 0.75 * random()));
  const ticker = new Ticker();
  const stage = new FaultStage(SETTINGS);
  const profiles = DIALECTS.map((dialect) =>
    stage.profile({ dialect, script: soakScript(dialect, ticker, chaos, random) }),
  );
  await stage.start();
  try {
    const { pid } = stage.proxy;
    const startedAt = Date.now();
    const until = startedAt + minutes * 60_000;
    const tally = emptyTally();
    const samples: Sample[] = [];
    const before = sampleOf(pid, startedAt);
    const sampling = setInterval(() => {
      const sample = sampleOf(pid, startedAt);
      if (!sample) return;
      samples.push(sample);
      tell(sample, tally);
    }, SAMPLE_MS);
    const clients = Array.from({ length: streams }, (_, n) => {
      const profile = profiles[n % profiles.length];
      return profile && beClient(profile, until, countAny, tally, (n / streams) * SAMPLE_MS);
    });
    await Promise.all(clients);
    clearInterval(sampling);
    await Promise.all(profiles.map(({ upstream }) => upstream.close()));
    await wait(REST_MS);
    return { tally, samples, before, after: sampleOf(pid, startedAt) };
  } finally {
    ticker.stop();
    await stage.close();
  }
}

/** Asks again and again until the time is up. */
async function beClient(
  profile: StagedProfile,
  until: number,
  countAny: () => number,
  tally: Tally,
  startMs: number,
): Promise<void> {
  await wait(Math.min(startMs, Math.max(0, until - Date.now()) / 2));
  while (Date.now() < until) {
    const count = countAny();
    const conversation = profile.begin({ body: marked(true, count) });
    const patience = new AbortController();
    const late = wait(HANGING_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    const answer = await Promise.race([conversation.answer, late]);
    patience.abort();
    if (answer) {
      addAnswer(tally, answer, count);
      // What a client of this kind does, too: not to hammer.
      if (answer.status !== 200) await wait(500);
    } else {
      tally.hanging += 1;
      conversation.abort();
    }
  }
}
