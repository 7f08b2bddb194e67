import { once } from 'node:events';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { checkAnswer } from './support/check-answer.ts';
import type { Conversation } from './support/client.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { expectBroken, expectContent } from './support/expect-answer.ts';
import { FaultStage, type StagedProfile } from './support/fault-stage.ts';
import { isHealthy } from './support/proxy-process.ts';
import { chunk, LAST_CHUNK } from './support/http-text.ts';
import { send, stall, until } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

/** Answers that run when the process is told to end. */
const STREAMS = 100;
const RESTARTS = 8;

/** A proxy with answers that stand still until they are let go. */
function holdingStage(drain_s = 4) {
  const release = Promise.withResolvers<void>();
  const stage = new FaultStage({ timeouts: { drain_s, idle_s: 60, ping_s: 1 } });
  const scriptFor = (dialect: (typeof DIALECTS)[number], ends: boolean): Script => {
    const events = dialect.events(EVERYTHING);
    return (call) =>
      call.body.stream === true
        ? [
            ...sendEvents(events.slice(0, 7)),
            ...(ends
              ? [until(release.promise), ...events.slice(7).map((event) => send(chunk(event))), send(LAST_CHUNK)]
              : [stall]),
          ]
        : complete(dialect, call);
  };
  const ending = DIALECTS.map((dialect) => stage.profile({ dialect, script: scriptFor(dialect, true) }));
  const endless = DIALECTS.map((dialect) => stage.profile({ dialect, script: scriptFor(dialect, false) }));
  return { stage, release, ending, endless };
}

async function beginAll(profiles: readonly StagedProfile[], count: number): Promise<Conversation[]> {
  const running = Array.from({ length: count }, (_, n) => profiles[n % profiles.length]?.begin()).filter(
    (conversation) => conversation !== undefined,
  );
  await waitUntil('every answer to begin', () => running.every(({ events }) => events.length > 1), 30_000);
  return running;
}

describe('R21: a proxy that is told to end while answers run', function () {
  this.timeout(60_000);

  it('lets them finish, takes no others, and exits with 0', async () => {
    const { stage, release, ending } = holdingStage(30);
    await stage.start();
    try {
      const { child } = stage.proxy;
      const running = await beginAll(ending, STREAMS);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await waitUntil('new calls to be refused', async () => !(await isHealthy(stage.proxy.port)), 5_000);
      expect((await ending[0]?.begin({ stream: false }).answer)?.status).not.to.equal(200);
      release.resolve();
      for (const { answer } of running) expectContent(await answer);
      expect(await exited).to.deep.equal([0, null]);
    } finally {
      await stage.close();
    }
  });

  it('ends with one error each those that do not finish in time, and exits with 0', async () => {
    const { stage, endless } = holdingStage();
    await stage.start();
    try {
      const { child } = stage.proxy;
      const running = await beginAll(endless, STREAMS);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      for (const { answer } of running) {
        const ended = await answer;
        checkAnswer(ended, true, stage.secret);
        expectBroken(ended, /^overloaded_error$/);
      }
      expect(await exited).to.deep.equal([0, null]);
    } finally {
      await stage.close();
    }
  });

  it('ends at once when it is told a second time', async () => {
    const { stage, endless } = holdingStage(60);
    await stage.start();
    try {
      const { child } = stage.proxy;
      const running = await beginAll(endless, 6);
      const exited = once(child, 'exit');
      const toldAt = Date.now();
      child.kill('SIGTERM');
      await waitUntil('new calls to be refused', async () => !(await isHealthy(stage.proxy.port)), 5_000);
      child.kill('SIGTERM');
      await exited;
      expect(Date.now() - toldAt).to.be.lessThan(15_000);
      for (const { answer } of running)
        expect((await answer).events.map(({ type }) => type)).not.to.include('message_stop');
    } finally {
      await stage.close();
    }
  });
});

describe('R22: a proxy that is killed while answers run', function () {
  this.timeout(120_000);
  const { stage, ending, endless } = holdingStage();
  before(() => stage.start());
  after(() => stage.close());

  it('starts again on its port, every time', async () => {
    for (let round = 0; round < RESTARTS; round += 1) {
      const running = await beginAll(endless, 9);
      await stage.restart('SIGKILL');
      for (const { answer } of running) expect((await answer).whole).to.equal(false);
      for (const profile of ending) expectContent(await profile.ask({ stream: false }));
      for (const profile of endless) expect(await profile.status()).to.include({ active: 0 });
    }
  });
});
