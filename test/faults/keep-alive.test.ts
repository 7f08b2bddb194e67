import { expect } from 'chai';
import { answering, complete } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { attemptsOf, expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { pause, reset, send } from './support/steps.ts';
import { STREAMS, WAYS } from './support/ways.ts';

const ROUNDS = 20;

/** Answers the first call of every connection. */
function onceEach(answer: Script, then: Script): Script {
  const seen = new Set<number>();
  return (call) => {
    const isFirst = !seen.has(call.connection);
    seen.add(call.connection);
    return isFirst ? answer(call) : then(call);
  };
}

describe('R18: a connection that is used again', () => {
  // Nothing but the connection is tried again, so the breaker and the budget would show a mistake.
  const stage = new FaultStage({ retry: { max_attempts: 1 }, breaker: { failure_threshold: 1 } });
  const add = casesOn(stage);

  for (const { title, dialect, stream } of WAYS) {
    add(`and reset at that moment costs no request (${title})`, () => {
      const script = onceEach(answering(dialect), () => [(call) => void call.socket.resetAndDestroy()]);
      const profile = stage.profile({ dialect, script });
      return async () => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const answer = await profile.ask({ stream });
          expectContent(answer);
          expect(attemptsOf(answer)).to.equal(1);
        }
        expect(await profile.status()).to.include({ breaker: 'closed', errors: 0 });
      };
    });

    add(`and reset after each answer costs no request (${title})`, () => {
      const script: Script = (call) => [...complete(dialect, call), pause(200), reset];
      const profile = stage.profile({ dialect, script });
      return async () => {
        for (let round = 0; round < ROUNDS / 2; round += 1) expectContent(await profile.ask({ stream }));
      };
    });

    add(`and still there is used again (${title})`, () => {
      const profile = stage.profile({ dialect, script: answering(dialect) });
      return async () => {
        for (let round = 0; round < ROUNDS; round += 1) expectContent(await profile.ask({ stream }));
        expect(profile.upstream.connections()).to.be.lessThan(ROUNDS / 2);
      };
    });
  }

  for (const { title, dialect } of STREAMS) {
    add(`and broken after the first byte of an answer is no reason to ask twice (${title})`, () => {
      const script = onceEach(answering(dialect), () => [send('HTTP/1.1 200 OK\r\n'), reset]);
      const profile = stage.profile({ dialect, script, settings: { breaker: { failure_threshold: 100 } } });
      return async () => {
        expectContent(await profile.ask());
        const answer = await profile.ask();
        expect(answer.status).to.be.oneOf([200, 502]);
        if (answer.status === 502) expect(profile.calls).to.have.lengthOf(2);
      };
    });

    add(`and fresh is not tried twice (${title})`, () => {
      const script: Script = () => [reset];
      const profile = stage.profile({ dialect, script });
      return async () => {
        expect((await profile.ask()).status).to.equal(502);
        expect(profile.calls).to.have.lengthOf(1);
      };
    });
  }
});
