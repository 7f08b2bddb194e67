import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/source-files.ts';
import { answering, complete, failingFirst, refusing, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { expectContent, expectFailure } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, LAST_CHUNK } from './support/http-text.ts';
import { pause, send, stall } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

const DAY_MS = 86_400_000;
/** How long a machine sleeps in these tests, in milliseconds: longer than every clock of the proxy there. */
const SLEEP_MS = 2_500;

for (const [what, skew] of [
  ['is a day ahead', [DAY_MS, DAY_MS]],
  ['is a day behind', [-DAY_MS, -DAY_MS]],
  ['jumps a day ahead all the time', [0, DAY_MS]],
  ['jumps a day back all the time', [0, -DAY_MS]],
] as const)
  describe(`R28: a clock that ${what}`, () => {
    const hook = join(ROOT, 'test/faults/support/skewed-clock.mjs');
    const environment = { NODE_OPTIONS: `--import=${hook}`, SKEWED_CLOCK_MS: skew.join(',') };
    const stage = new FaultStage({}, { environment });
    const add = casesOn(stage);

    for (const { title, dialect, stream } of WAYS) {
      add(`does not disturb an answer that takes its time (${title})`, () => {
        const events = dialect.events(EVERYTHING);
        const script: Script = (call) =>
          stream
            ? [...sendEvents([]), ...events.flatMap((event) => [send(chunk(event)), pause(100)]), send(LAST_CHUNK)]
            : [pause(800), ...complete(dialect, call)];
        const profile = stage.profile({ dialect, script, settings: { timeouts: { ping_s: 0.3 } } });
        return async () => expectContent(await profile.ask({ stream }));
      });

      add(`does not change how long a wait is (${title})`, () => {
        const limit = refusing(dialect, 429, { 'retry-after': '1' }, 'rate_limit_error');
        const profile = stage.profile({ dialect, script: failingFirst(1, limit, answering(dialect)) });
        return async () => {
          await stage.allowRepeats(2);
          const answer = await profile.ask({ stream });
          if (skew[0] === skew[1]) expectContent(answer);
          else expect([200, 429]).to.include(answer.status);
          expect(answer.endMs).to.be.lessThan(8_000);
        };
      });
    }

    for (const dialect of DIALECTS)
      add(`does not keep a provider that is silent from being given up (${dialect.title})`, () => {
        const settings = { timeouts: { first_byte_s: 0.7, ping_s: 0 } };
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: () => [stall], settings, backups: [backup] });
        return async () => expectContent(await primary.ask());
      });
  });

describe('R29: a machine that sleeps and wakes', function () {
  this.timeout(60_000);
  const timeouts = { connect_s: 1, first_byte_s: 1, idle_s: 1, ping_s: 0.5, drain_s: 1 };
  const stage = new FaultStage({ timeouts });
  const streams = DIALECTS.map((dialect) => {
    const events = dialect.events(EVERYTHING);
    const script: Script = () => [
      ...sendEvents([]),
      ...events.flatMap((event) => [send(chunk(event)), pause(100)]),
      send(LAST_CHUNK),
    ];
    return stage.profile({ dialect, script });
  });
  const answers = DIALECTS.map((dialect) => stage.profile({ dialect, script: answering(dialect) }));
  before(() => stage.start());
  after(() => stage.close());

  it('ends every answer in one of the two ways, and serves again at once', async () => {
    for (const profile of answers) expectContent(await profile.ask());
    const running = streams.map((profile) => profile.begin());
    await Promise.all(running.map(({ head }) => head));
    stage.proxy.child.kill('SIGSTOP');
    try {
      await wait(SLEEP_MS);
    } finally {
      stage.proxy.child.kill('SIGCONT');
    }
    for (const profile of answers) expectContent(await profile.ask());
    for (const { answer } of running) {
      const ended = await answer;
      if (ended.events.some(({ type }) => type === 'message_stop')) expectContent(ended);
      else expectFailure(ended, [504]);
    }
    for (const profile of answers) expectContent(await profile.ask({ stream: false }));
  });
});
