import { expect } from 'chai';
import { answering, failingFirst, refusing } from './support/answers.ts';
import { casesOn } from './support/cases.ts';
import { errorOf } from './support/check-answer.ts';
import { messages } from './support/dialects/messages.ts';
import { AT_ONCE_MS, attemptsOf, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

/** What a client is told when the only provider fails with this status every time; one of its own protocol is quoted. */
const LAST_STATUS: readonly (readonly [given: number, told: number])[] = [
  [408, 504],
  [409, 409],
  [425, 425],
  [500, 500],
  [502, 502],
  [503, 503],
  [504, 504],
  [529, 529],
];

/** Statuses that say that the request is wrong, whoever gets it. */
const RETURNED: readonly (readonly [given: number, told: number])[] = [
  [400, 400],
  [403, 403],
  [413, 413],
  [422, 422],
];

describe('a provider that answers with a failure', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);

  for (const [given, told] of LAST_STATUS) {
    const id = given < 500 ? 'R6' : 'R8';
    for (const { title, dialect, stream } of WAYS)
      add(`${id}: one that says ${given} is asked again (${title})`, () => {
        const script = failingFirst(1, refusing(dialect, given), answering(dialect));
        const profile = stage.profile({ dialect, script });
        return async () => {
          await stage.allowRepeats(1);
          const answer = await profile.ask({ stream });
          expectContent(answer);
          expect(attemptsOf(answer)).to.equal(2);
          expect(profile.calls).to.have.lengthOf(2);
        };
      });

    for (const dialect of DIALECTS) {
      add(`${id}: one that says ${given} is replaced by its backup at once (${dialect.title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: refusing(dialect, given), backups: [backup] });
        return async () => {
          const answer = await primary.ask();
          expectContent(answer);
          expect(primary.calls).to.have.lengthOf(1);
          expect(backup.calls).to.have.lengthOf(1);
          expect(backup.calls[0]?.body.model).to.equal(`model-${backup.name}`);
          expect(backup.calls[0]?.key).to.equal(`${stage.secret}-${backup.name}`);
          expect((backup.calls[0]?.at ?? Infinity) - (primary.calls[0]?.at ?? 0)).to.be.lessThan(AT_ONCE_MS);
          expect(answer.headers['x-claudex-trail']).to.match(
            new RegExp(`^${primary.name}:${given} .+, ${backup.name}:(answered|200)$`),
          );
        };
      });

      add(
        `${id}: one that goes on saying ${given} is asked three times, and the client told (${dialect.title})`,
        () => {
          const type = given === 529 ? 'overloaded_error' : 'scripted_error';
          const profile = stage.profile({ dialect, script: refusing(dialect, given, {}, type) });
          return async () => {
            await stage.allowRepeats(4);
            const answer = await profile.ask({ stream: given % 2 === 0 });
            expectRefusal(answer, dialect === messages ? given : told);
            expect(profile.calls).to.have.lengthOf(3);
            expect(attemptsOf(answer)).to.equal(3);
            if (given === 529) expect(errorOf(answer).error.type).to.equal('overloaded_error');
          };
        },
      );
    }
  }

  for (const [given, told] of RETURNED)
    for (const dialect of DIALECTS)
      add(`one that says ${given} has spoken, and nobody else is asked (${dialect.title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: refusing(dialect, given), backups: [backup] });
        return async () => {
          expectRefusal(await primary.ask(), told);
          expect(backup.calls).to.have.lengthOf(0);
          expect(await primary.status()).to.include({ breaker: 'closed' });
        };
      });

  for (const status of [401, 402])
    for (const { title, dialect, stream } of WAYS) {
      add(`one that says ${status} is replaced by its backup, which has another key (${title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: refusing(dialect, status), backups: [backup] });
        return async () => {
          expectContent(await primary.ask({ stream }));
          expect(primary.calls).to.have.lengthOf(1);
        };
      });

      add(`one that says ${status} and has no backup is asked once (${title})`, () => {
        const profile = stage.profile({ dialect, script: refusing(dialect, status) });
        return async () => {
          expectRefusal(await profile.ask({ stream }), status);
          expect(profile.calls).to.have.lengthOf(1);
        };
      });
    }

  for (const dialect of DIALECTS)
    add(`one that does not know the model is replaced by its backup (${dialect.title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const script = refusing(dialect, 404, {}, 'not_found_error');
      const primary = stage.profile({ dialect, script, backups: [backup] });
      return async () => expectContent(await primary.ask());
    });
});
