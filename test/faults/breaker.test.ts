import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { answering, complete, failingFirst, refusal, refusing, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { EVERYTHING, eventsUpTo } from './support/dialects/dialect.ts';
import { attemptsOf, expectBroken, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage, type StagedProfile } from './support/fault-stage.ts';
import { chunk, whole } from './support/http-text.ts';
import { reset, send, until } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

describe('the breaker', () => {
  const stage = new FaultStage({ retry: { max_attempts: 1, max_wait_s: 0 } });
  const add = casesOn(stage);
  const strict = { breaker: { failure_threshold: 3, recovery_s: 60, max_recovery_s: 60 } };
  const brief = { breaker: { failure_threshold: 3, recovery_s: 1, max_recovery_s: 1 } };

  async function expectState(profile: StagedProfile, breaker: string): Promise<void> {
    await waitUntil(`the breaker to be ${breaker}`, async () => (await profile.status())['breaker'] === breaker, 5_000);
  }

  for (const dialect of DIALECTS) {
    const failures: readonly (readonly [what: string, script: Script])[] = [
      ['resets', () => [reset]],
      ['status 500', refusing(dialect, 500)],
      ['status 529', refusing(dialect, 529)],
      ['pages', () => [send(whole(200, '<html>no</html>', { 'content-type': 'text/html' }))]],
      ['streams that break off', () => [...sendEvents(eventsUpTo(dialect.events(EVERYTHING), '[1] ')), reset]],
      [
        'half JSON',
        () => [...sendEvents(dialect.events(EVERYTHING).slice(0, 5)), send(chunk('data: {"a":\n\n')), reset],
      ],
    ];
    for (const [what, script] of failures)
      add(`opens after three failures in a row: ${what} (${dialect.title})`, () => {
        const profile = stage.profile({ dialect, script, settings: strict });
        return async () => {
          for (let n = 0; n < 3; n += 1) {
            expect(await profile.status()).to.include({ breaker: 'closed' });
            await profile.ask();
          }
          await expectState(profile, 'open');
          const answer = await profile.ask();
          expectRefusal(answer, 529, 'overloaded_error');
          expect(Number(answer.headers['retry-after'])).to.be.within(1, 60);
          expect(attemptsOf(answer)).to.equal(0);
          expect(profile.calls).to.have.lengthOf(3);
        };
      });

    for (const status of [400, 401, 403, 404, 422])
      add(`is not opened by what a client did wrong: ${status} (${dialect.title})`, () => {
        const profile = stage.profile({ dialect, script: refusing(dialect, status), settings: strict });
        return async () => {
          for (let n = 0; n < 5; n += 1) await profile.ask();
          expect(await profile.status()).to.include({ breaker: 'closed' });
        };
      });

    add(`opens when half of many calls fail (${dialect.title})`, () => {
      const script: Script = (call) => (call.n % 2 === 0 ? [refusal(dialect, 500)] : complete(dialect, call));
      const breaker = { failure_threshold: 50, failure_ratio: 0.5, min_requests: 10, recovery_s: 60 };
      const profile = stage.profile({ dialect, script, settings: { breaker } });
      return async () => {
        for (let n = 0; n < 12; n += 1) await profile.ask();
        await expectState(profile, 'open');
        expect(profile.calls.length).to.be.within(10, 11);
      };
    });

    add(`is skipped while open, where there is a backup (${dialect.title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const breaker = { failure_threshold: 1, recovery_s: 60 };
      const script: Script = () => [...sendEvents(eventsUpTo(dialect.events(EVERYTHING), '[1] ')), reset];
      const primary = stage.profile({ dialect, script, settings: { breaker }, backups: [backup] });
      return async () => {
        expectBroken(await primary.ask());
        for (let n = 0; n < 3; n += 1) expectContent(await primary.ask());
        expect(primary.calls).to.have.lengthOf(1);
        expect(backup.calls).to.have.lengthOf(3);
      };
    });
  }

  for (const { title, dialect, stream } of WAYS) {
    add(`FLT-38: lets one probe through, however many ask at once, and closes (${title})`, () => {
      const release = Promise.withResolvers<void>();
      const slowly: Script = (call) => [until(release.promise), ...complete(dialect, call)];
      const script = failingFirst(3, refusing(dialect, 500), slowly);
      const profile = stage.profile({ dialect, script, settings: brief });
      return async () => {
        for (let n = 0; n < 3; n += 1) await profile.ask({ stream });
        await expectState(profile, 'half-open');
        const crowd = Array.from({ length: 100 }, () => profile.ask({ stream }));
        let refused = 0;
        for (const answer of crowd) void answer.then(() => (refused += 1));
        await waitUntil('the others to be refused', () => refused === 99, 30_000);
        await waitUntil('the probe to arrive', () => profile.calls.length > 3, 30_000);
        expect(profile.calls).to.have.lengthOf(4);
        release.resolve();
        const answers = await Promise.all(crowd);
        expect(answers.filter(({ status }) => status === 200)).to.have.lengthOf(1);
        for (const answer of answers) if (answer.status !== 200) expectRefusal(answer, 529, 'overloaded_error');
        expect(await profile.status()).to.include({ breaker: 'closed' });
        expectContent(await profile.ask({ stream }));
      };
    });

    add(`opens again when the probe fails (${title})`, () => {
      const script = failingFirst(4, refusing(dialect, 500), answering(dialect));
      const profile = stage.profile({ dialect, script, settings: brief });
      return async () => {
        for (let n = 0; n < 3; n += 1) await profile.ask({ stream });
        await expectState(profile, 'half-open');
        expectRefusal(await profile.ask({ stream }), 500);
        expect(await profile.status()).to.include({ breaker: 'open' });
        await expectState(profile, 'half-open');
        expectContent(await profile.ask({ stream }));
        expect(await profile.status()).to.include({ breaker: 'closed' });
      };
    });
  }
});
