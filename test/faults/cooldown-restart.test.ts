import { expect } from 'chai';
import { answering, refusing } from './support/answers.ts';
import { expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { DIALECTS } from './support/ways.ts';

describe('a rate limit that is used up when the proxy is started again', function () {
  this.timeout(60_000);
  const stage = new FaultStage();
  const chains = DIALECTS.map((dialect) => {
    const backup = stage.profile({ dialect, script: answering(dialect) });
    const script = refusing(dialect, 429, { 'retry-after': '120' }, 'rate_limit_error');
    return {
      primary: stage.profile({ dialect, script, backups: [backup] }),
      alone: stage.profile({ dialect, script }),
    };
  });
  before(() => stage.start());
  after(() => stage.close());

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`is remembered after ${signal}`, async () => {
      for (const { primary, alone } of chains) {
        expectContent(await primary.ask());
        expectRefusal(await alone.ask(), 429);
      }
      // What is kept is written a moment later.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await stage.restart(signal);
      for (const { primary, alone } of chains) {
        expectContent(await primary.ask());
        expect(primary.calls).to.have.lengthOf(1);
        const refused = await alone.ask();
        expectRefusal(refused, 429, 'rate_limit_error');
        expect(Number(refused.headers['retry-after'])).to.be.within(60, 120);
        expect(alone.calls).to.have.lengthOf(1);
      }
    });
});
