import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { question } from './support/client.ts';
import { marks, type Content, type Dialect } from './support/dialects/dialect.ts';
import { expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, LAST_CHUNK } from './support/http-text.ts';
import { MIB } from './support/process-figures.ts';
import { pause, send, until } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

const LONG: Content = { text: marks(40) };

/** A stream with a pause after every event. */
function steadily(dialect: Dialect, milliseconds: number): Script {
  return (call) =>
    call.body.stream === true
      ? [
          ...sendEvents([]),
          ...dialect.events(LONG).flatMap((event) => [send(chunk(event)), pause(milliseconds)]),
          send(LAST_CHUNK),
        ]
      : complete(dialect, call, LONG);
}

describe('R32: more answers than are allowed at a time', () => {
  const stage = new FaultStage({ proxy_max_streams: 3 });
  const release = Promise.withResolvers<void>();
  const held = DIALECTS.map((dialect) => {
    const events = dialect.events(LONG);
    const script: Script = () => [
      ...sendEvents(events.slice(0, 6)),
      until(release.promise),
      ...events.slice(6).map((event) => send(chunk(event))),
      send(LAST_CHUNK),
    ];
    return stage.profile({ dialect, script });
  });
  before(() => stage.start());
  after(() => stage.close());

  it('are refused, and those that run go on', async () => {
    const running = held.map((profile) => profile.begin());
    await Promise.all(running.map(({ head }) => head));
    for (const profile of held)
      for (const stream of [true, false]) {
        const refused = await profile.ask({ stream });
        expectRefusal(refused, 529, 'overloaded_error');
        expect(refused.headers['retry-after']).to.equal('1');
      }
    release.resolve();
    for (const { answer } of running) expectContent(await answer, LONG);
    await waitUntil('room again', async () => (await held[0]?.status())?.['active'] === 0, 5_000);
    for (const profile of held) expectContent(await profile.ask(), LONG);
  });
});

describe('R32: a process that may open few files', () => {
  const stage = new FaultStage(
    { timeouts: { first_byte_s: 3, connect_s: 3, idle_s: 10, drain_s: 1 } },
    { shell: 'ulimit -n 128' },
  );
  const [, dialect] = DIALECTS;
  const steady = stage.profile({ dialect, script: steadily(dialect, 100) });
  const crowd = stage.profile({ dialect, script: (call) => [pause(300), ...complete(dialect, call)] });
  before(() => stage.start());
  after(() => stage.close());

  it('survives a crowd, and what runs already goes on', async () => {
    const running = steady.begin();
    await running.head;
    const many = Array.from({ length: 200 }, () => crowd.begin());
    await Promise.race([Promise.all(many.map(({ answer }) => answer)), wait(8_000)]);
    for (const conversation of many) conversation.abort();
    expectContent(await running.answer, LONG);
    await waitUntil('an answer', async () => (await crowd.begin().answer).status === 200, 20_000);
  });
});

describe('R33: a huge request', function () {
  this.timeout(60_000);
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const cases = DIALECTS.map((dialect) => ({
    dialect,
    steady: stage.profile({ dialect, script: steadily(dialect, 50) }),
    huge: stage.profile({ dialect, script: () => [...sendEvents(dialect.events(LONG)), send(LAST_CHUNK)] }),
  }));
  before(() => stage.start());
  after(() => stage.close());

  for (const { dialect, steady, huge } of cases)
    it(`does not hold up the others (${dialect.title})`, async () => {
      const content = 'many words and "quotes" of a long file\n'.repeat(Math.floor((24 * MIB) / 42));
      const body = JSON.stringify(question(true, { messages: [{ role: 'user', content }] }));
      const running = steady.begin();
      await waitUntil('the first events', () => running.events.length > 2);
      const answer = await huge.ask({ body });
      expect([200, 400, 413], answer.body.slice(0, 300)).to.include(answer.status);
      const { events } = await running.answer;
      const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? at));
      // The rule is 250 ms, on a machine that does nothing else.
      expect(Math.max(...gaps)).to.be.lessThan(1_250);
    });
});
