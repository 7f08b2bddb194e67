import { expect } from 'chai';
import { answering } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { errorOf } from './support/check-answer.ts';
import type { Dialect } from './support/dialects/dialect.ts';
import { expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { whole } from './support/http-text.ts';
import { send } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

describe('a prompt that is too long for a provider', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  const tooLong = (dialect: Dialect): Script => {
    const type = dialect.providerType === 'DirectAnthropic' ? 'invalid_request_error' : 'context_length_exceeded';
    return () => [send(whole(400, dialect.error(type, 'prompt is too long: 250000 tokens > 200000 maximum')))];
  };

  for (const dialect of DIALECTS) {
    add(`goes to a backup whose window is larger, past one whose window is not (${dialect.title})`, () => {
      const settings = { context_window: 1_000_000 };
      const large = stage.profile({ dialect, script: answering(dialect), settings });
      const small = stage.profile({ dialect, script: answering(dialect), settings: { context_window: 100_000 } });
      const unknown = stage.profile({ dialect, script: answering(dialect) });
      const primary = stage.profile({
        dialect,
        script: tooLong(dialect),
        backups: [unknown, small, large],
        settings: { context_window: 200_000 },
      });
      return async () => {
        expectContent(await primary.ask());
        expect(unknown.calls).to.have.lengthOf(0);
        expect(small.calls).to.have.lengthOf(0);
        expect(large.calls).to.have.lengthOf(1);
      };
    });

    add(`is told in words by which the client shortens it, where no backup is larger (${dialect.title})`, () => {
      const small = stage.profile({ dialect, script: answering(dialect), settings: { context_window: 100_000 } });
      const settings = { context_window: 200_000 };
      const primary = stage.profile({ dialect, script: tooLong(dialect), backups: [small], settings });
      return async () => {
        const answer = await primary.ask();
        expectRefusal(answer, 400, 'invalid_request_error');
        expect(errorOf(answer).error.message).to.match(/^prompt is too long: 250000 tokens > 200000 maximum/);
        expect(small.calls).to.have.lengthOf(0);
      };
    });
  }
});
