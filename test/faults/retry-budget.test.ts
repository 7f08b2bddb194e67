import { expect } from 'chai';
import { answering, failingFirst, refusing } from './support/answers.ts';
import { casesOn } from './support/cases.ts';
import { attemptsOf, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

/** So many repeats are allowed however few requests there are. */
const FLOOR = 3;

describe('a retry budget of nothing', () => {
  const stage = new FaultStage({ retry: { max_attempts: 3, max_wait_s: 2, budget: 0 } });
  const add = casesOn(stage);

  for (const { title, dialect, stream } of WAYS) {
    add(`asks nobody twice (${title})`, () => {
      const script = failingFirst(1, refusing(dialect, 500), answering(dialect));
      const profile = stage.profile({ dialect, script });
      return async () => {
        const answer = await profile.ask({ stream });
        expectRefusal(answer, 500);
        expect(attemptsOf(answer)).to.equal(1);
        expect(profile.calls).to.have.lengthOf(1);
      };
    });

    add(`does not stand in the way of a backup (${title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const primary = stage.profile({ dialect, script: refusing(dialect, 500), backups: [backup] });
      return async () => expectContent(await primary.ask({ stream }));
    });
  }
});

describe('a retry budget of a tenth', () => {
  const stage = new FaultStage({ retry: { max_attempts: 3, max_wait_s: 5, budget: 0.1 } });
  const [, dialect] = DIALECTS;
  const profile = stage.profile({ dialect, script: refusing(dialect, 503) });
  before(() => stage.start());
  after(() => stage.close());

  it('keeps a provider that fails from being asked three times as often', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => profile.ask()));
    for (const answer of answers) expectRefusal(answer, 503);
    const repeats = profile.calls.length - answers.length;
    expect(repeats).to.be.within(1, FLOOR + 4);
  });
});
