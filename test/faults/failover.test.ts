import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { answering, complete, failingFirst, refusal, refusing, sendEvents } from './support/answers.ts';
import type { Script, Step } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { EVERYTHING, eventsUpTo, type Dialect } from './support/dialects/dialect.ts';
import { attemptsOf, expectBroken, expectContent, expectRefusal } from './support/expect-answer.ts';
import { expectHonest } from './support/expect-honest.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, head, LAST_CHUNK, whole } from './support/http-text.ts';
import { finish, reset, send, stall } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

/** Ways to fail before anything is said, by phase. The connection that is refused is a case of R1. */
function earlyFailures(dialect: Dialect): readonly (readonly [what: string, steps: readonly Step[]])[] {
  const handshake = dialect.events(EVERYTHING).slice(0, dialect.handshake);
  return [
    ['P1: no head, a reset', [reset]],
    ['P1: no head, an end', [finish]],
    ['P2: a status', [refusal(dialect, 503)]],
    ['P2: a status and half its body', [send(head(500, { 'content-length': '500' })), send('{"err'), reset]],
    ['P3: a head and a reset', [...sendEvents([]), reset]],
    ['P3: a handshake and a reset', [...sendEvents(handshake), reset]],
    ['P3: a handshake and an end', [...sendEvents(handshake), send(LAST_CHUNK)]],
    ['P3, FLT-42: a handshake and an overload', [...sendEvents([...handshake, dialect.overloaded]), send(LAST_CHUNK)]],
    ['P3, FLT-42: an overload at once', [...sendEvents([dialect.overloaded]), send(LAST_CHUNK)]],
    ['P3, FLT-42: an overload, and no end', [...sendEvents([...handshake, dialect.overloaded]), stall]],
    ['P3: comments and a reset', [...sendEvents([': processing\n\n', ': processing\n\n']), reset]],
  ];
}

/** The places in an answer behind which it may break off, as the last thing that is said. */
const LATE: readonly (readonly [what: string, last: string])[] = [
  ['in the middle of thoughts', 'first '],
  ['in the middle of text', '[1] '],
  ['in the middle of the arguments of a call', '{\\"file_'],
];

describe('failover', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);

  for (const dialect of DIALECTS) {
    for (const [what, steps] of earlyFailures(dialect))
      add(`FLT-35: hides from the client: ${what} (${dialect.title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: () => steps, backups: [backup] });
        return async () => {
          const answer = await primary.ask();
          expectContent(answer);
          expect(attemptsOf(answer)).to.equal(2);
          expect(primary.calls).to.have.lengthOf(1);
          expect(backup.calls).to.have.lengthOf(1);
          if (steps.at(-1) === stall)
            await waitUntil('the first call to be given up', () => primary.upstream.open() === 0, 5_000);
        };
      });

    for (const [what, last] of LATE)
      for (const [how, end] of [
        ['a reset', [reset]],
        ['an end', [send(LAST_CHUNK)]],
        ['an overload', [send(chunk(dialect.overloaded)), send(LAST_CHUNK)]],
      ] as const)
        add(`FLT-36: does not splice answers: ${how} ${what} (${dialect.title})`, () => {
          const said = eventsUpTo(dialect.events(EVERYTHING), last);
          const backup = stage.profile({ dialect, script: answering(dialect) });
          const script: Script = () => [...sendEvents(said), ...end];
          const primary = stage.profile({ dialect, script, backups: [backup] });
          return async () => {
            const answer = await primary.ask();
            expectBroken(answer, how === 'an overload' ? /^overloaded_error$/ : undefined);
            expectHonest(answer);
            expect(primary.calls).to.have.lengthOf(1);
            expect(backup.calls).to.have.lengthOf(0);
          };
        });

    add(`FLT-36: a break right after message_start was held back is hidden (${dialect.title})`, () => {
      const handshake = dialect.events(EVERYTHING).slice(0, dialect.handshake);
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const primary = stage.profile({ dialect, script: () => [...sendEvents(handshake), reset], backups: [backup] });
      return async () => {
        const answer = await primary.ask();
        expectContent(answer);
        expect(answer.events.filter(({ type }) => type === 'message_start')).to.have.lengthOf(1);
      };
    });

    add(`a whole answer that breaks off is replaced, because nothing of it was given out (${dialect.title})`, () => {
      const body = JSON.stringify(dialect.whole(EVERYTHING));
      const script: Script = () => [
        send(whole(200, body.slice(0, -20), { 'content-length': String(body.length) })),
        reset,
      ];
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const primary = stage.profile({ dialect, script, backups: [backup] });
      return async () => expectContent(await primary.ask({ stream: false }));
    });

    for (const other of DIALECTS)
      add(`goes from one protocol to another: ${dialect.title} to ${other.title}`, () => {
        const backup = stage.profile({ dialect: other, script: answering(other) });
        const primary = stage.profile({
          dialect,
          script: refusing(dialect, 500),
          backups: [backup],
          settings: { backup_models: { [backup.name]: 'chosen-model' } },
        });
        return async () => {
          expectContent(await primary.ask());
          expect(backup.calls[0]?.body.model).to.equal('chosen-model');
        };
      });
  }

  for (const { title, dialect, stream } of WAYS) {
    add(`goes along the whole chain (${title})`, () => {
      const third = stage.profile({ dialect, script: answering(dialect) });
      const second = stage.profile({ dialect, script: refusing(dialect, 529) });
      const first = stage.profile({ dialect, script: () => [reset], backups: [second, third] });
      return async () => {
        const answer = await first.ask({ stream });
        expectContent(answer);
        expect(attemptsOf(answer)).to.equal(3);
      };
    });

    add(`asks the first one again when the chain is used up (${title})`, () => {
      const backup = stage.profile({ dialect, script: refusing(dialect, 402) });
      const script = failingFirst(1, refusing(dialect, 503), answering(dialect));
      const primary = stage.profile({ dialect, script, backups: [backup] });
      return async () => {
        await stage.allowRepeats(2);
        const answer = await primary.ask({ stream });
        expectContent(answer);
        expect(attemptsOf(answer)).to.equal(3);
        expect(primary.calls).to.have.lengthOf(2);
        expect(backup.calls).to.have.lengthOf(1);
      };
    });

    add(`makes three calls at most, however long the chain is (${title})`, () => {
      const backups = Array.from({ length: 4 }, () => stage.profile({ dialect, script: refusing(dialect, 503) }));
      const primary = stage.profile({ dialect, script: refusing(dialect, 503), backups });
      return async () => {
        const answer = await primary.ask({ stream });
        expectRefusal(answer, 503);
        expect(attemptsOf(answer)).to.equal(3);
        expect([primary, ...backups].map(({ calls }) => calls.length)).to.deep.equal([1, 1, 1, 0, 0]);
      };
    });

    add(`FLT-37: when all are down, tells the last failure that says something (${title})`, () => {
      const settings = { breaker: { failure_threshold: 1 } };
      const second = stage.profile({ dialect, script: () => [reset], settings });
      const first = stage.profile({ dialect, script: refusing(dialect, 503), settings, backups: [second] });
      return async () => {
        const answer = await first.ask({ stream });
        expectRefusal(answer, 503);
        expect(await first.status()).to.include({ breaker: 'open' });
        expect(await second.status()).to.include({ breaker: 'open' });
        expect(first.calls).to.have.lengthOf(1);
        expect(second.calls).to.have.lengthOf(1);
        const again = await first.ask({ stream });
        expectRefusal(again, 529, 'overloaded_error');
        expect(Number(again.headers['retry-after'])).to.be.greaterThan(0);
        expect(first.calls.length + second.calls.length).to.equal(2);
      };
    });

    add(`FLT-39: half of the calls fail, and with a backup no client notices (${title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const script: Script = (call) => (call.n % 2 === 0 ? [refusal(dialect, 500)] : complete(dialect, call));
      const primary = stage.profile({ dialect, script, backups: [backup] });
      return async () => {
        for (let n = 0; n < 60; n += 1) expectContent(await primary.ask({ stream }));
        expect(primary.calls.length + backup.calls.length).to.be.at.most(90);
      };
    });
  }
});
