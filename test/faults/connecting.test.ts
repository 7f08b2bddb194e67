import { expect } from 'chai';
import { answering, complete } from './support/answers.ts';
import { openBlackhole, type Blackhole } from './support/blackhole.ts';
import { casesOn } from './support/cases.ts';
import { errorOf } from './support/check-answer.ts';
import type { Dialect } from './support/dialects/dialect.ts';
import { AT_ONCE_MS, attemptsOf, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage, type ProfilePlan, type StagedProfile } from './support/fault-stage.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

describe('a provider that cannot be reached', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  let hole: Promise<Blackhole> | undefined;
  after(async () => (await hole)?.close());

  const unreachable: readonly [id: string, what: string, plan: Pick<ProfilePlan, 'address' | 'settings'>][] = [
    ['R1', 'refuses connections', { address: () => 'http://127.0.0.1:1' }],
    ['R2', 'has no address', { address: () => 'http://no-such-host.invalid' }],
    [
      'R4',
      'takes no connection',
      {
        address: async () => {
          hole ??= openBlackhole();
          return `http://127.0.0.1:${(await hole).port}`;
        },
        settings: { timeouts: { connect_s: 1 } },
      },
    ],
  ];
  const profileWith = (
    dialect: Dialect,
    plan: Pick<ProfilePlan, 'address' | 'settings'>,
    backups: readonly StagedProfile[] = [],
  ): StagedProfile => stage.profile({ dialect, script: answering(dialect), ...plan, backups });

  for (const [id, what, plan] of unreachable)
    for (const { title, dialect, stream } of WAYS) {
      add(`${id}: one that ${what} is replaced by its backup (${title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = profileWith(dialect, plan, [backup]);
        return async () => {
          const startedAt = Date.now();
          const answer = await primary.ask({ stream });
          expectContent(answer);
          expect(attemptsOf(answer)).to.equal(2);
          expect(answer.headers['x-claudex-trail']).to.match(
            new RegExp(`^${primary.name}:.+, ${backup.name}:(answered|200)$`),
          );
          expect(backup.calls).to.have.lengthOf(1);
          const limit = AT_ONCE_MS + (id === 'R4' ? 5_000 : 0);
          expect((backup.calls[0]?.at ?? Infinity) - startedAt).to.be.lessThan(limit);
        };
      });

      add(`${id}: one that ${what} and has no backup is an error with a status (${title})`, () => {
        const profile = profileWith(dialect, plan);
        return async () => {
          await stage.allowRepeats(2);
          const answer = await profile.ask({ stream });
          expect([502, 504, 529], answer.body).to.include(answer.status);
          expect(attemptsOf(answer)).to.equal(3);
        };
      });
    }

  add('R2: answers others while a name is looked up, and does not remember the failure for long', () => {
    const [dialect] = DIALECTS;
    const lost = stage.profile({
      dialect,
      script: answering(dialect),
      address: () => 'http://another-lost-host.invalid',
    });
    const profile = stage.profile({ dialect, script: (call) => complete(dialect, call) });
    return async () => {
      await stage.allowRepeats(2);
      const failing = lost.ask();
      for (let n = 0; n < 5; n += 1) {
        const answer = await profile.ask();
        expectContent(answer);
        expect(answer.endMs).to.be.lessThan(5_000);
      }
      const answer = await failing;
      expectRefusal(answer, 502, 'api_error');
      expect(errorOf(answer).error.message).to.include('another-lost-host.invalid');
    };
  });
});
