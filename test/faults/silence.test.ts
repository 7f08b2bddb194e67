import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { answering, complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import type { Answer } from './support/client.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { attemptsOf, expectBroken, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, LAST_CHUNK } from './support/http-text.ts';
import { pause, send, stall } from './support/steps.ts';
import { DIALECTS, STREAMS, WAYS } from './support/ways.ts';

const pingsOf = ({ events }: Answer): number => events.filter(({ type }) => type === 'ping').length;

describe('a provider that is silent', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  const silent: Script = () => [stall];

  for (const { title, dialect } of STREAMS) {
    add(`R9: one whose first byte takes long is waited for, with pings (${title})`, () => {
      const script: Script = (call) => [pause(1_500), ...complete(dialect, call)];
      const profile = stage.profile({ dialect, script, settings: { timeouts: { ping_s: 0.3 } } });
      return async () => {
        const answer = await profile.ask();
        expectContent(answer);
        expect(pingsOf(answer)).to.be.greaterThan(1);
        expect(answer.headMs).to.be.lessThan(1_500);
        expect(profile.calls).to.have.lengthOf(1);
      };
    });

    add(`R9: pings go on between the first words and the last (${title})`, () => {
      const events = dialect.events(EVERYTHING);
      const script: Script = () => [
        ...sendEvents(events.slice(0, 6)),
        pause(1_500),
        ...events.slice(6).map((event) => send(chunk(event))),
        send(LAST_CHUNK),
      ];
      const profile = stage.profile({ dialect, script, settings: { timeouts: { ping_s: 0.3 } } });
      return async () => {
        const answer = await profile.ask();
        expectContent(answer);
        expect(pingsOf(answer)).to.be.greaterThan(1);
      };
    });

    add(`one that trickles is not cut, however long it takes in all (${title})`, () => {
      const trickle = dialect.events(EVERYTHING).flatMap((event) => [send(chunk(event)), pause(250)]);
      const script: Script = () => [...sendEvents([]), ...trickle, send(LAST_CHUNK)];
      const timeouts = { first_byte_s: 1, idle_s: 2, connect_s: 1 };
      const profile = stage.profile({ dialect, script, settings: { timeouts } });
      return async () => {
        const answer = await profile.ask();
        expectContent(answer);
        expect(answer.endMs).to.be.greaterThan(2_500);
      };
    });

    add(`R9: when all are silent after pings, the answer is one error (${title})`, () => {
      const settings = { timeouts: { first_byte_s: 0.7, ping_s: 0.2 } };
      const backup = stage.profile({ dialect, script: silent, settings });
      const primary = stage.profile({ dialect, script: silent, settings, backups: [backup] });
      return async () => {
        const answer = await primary.ask();
        expectBroken(answer, /^(timeout_error|api_error)$/);
        expect(pingsOf(answer)).to.be.greaterThan(1);
        expect(backup.calls.length).to.be.greaterThan(0);
      };
    });
  }

  for (const { title, dialect, stream } of WAYS) {
    // A whole answer may take five times as long.
    const settings = { timeouts: { first_byte_s: stream ? 1 : 0.2, ping_s: 0.2 } };

    add(`R9: one that never begins is replaced by its backup (${title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const primary = stage.profile({ dialect, script: silent, settings, backups: [backup] });
      return async () => {
        const answer = await primary.ask({ stream });
        expectContent(answer);
        // Pings have fixed the head long before.
        if (!stream) expect(attemptsOf(answer)).to.equal(2);
        expect(primary.calls).to.have.lengthOf(1);
        expect(backup.calls).to.have.lengthOf(1);
        await waitUntil('the first call to be given up', () => primary.upstream.open() === 0, 5_000);
      };
    });

    add(`R9: one that never begins and has no backup is a timeout (${title})`, () => {
      const timeouts = { ...settings.timeouts, first_byte_s: stream ? 0.5 : 0.1, ping_s: 0 };
      const profile = stage.profile({ dialect, script: silent, settings: { timeouts } });
      return async () => expectRefusal(await profile.ask({ stream }), 504, 'timeout_error');
    });
  }

  for (const dialect of DIALECTS)
    add(`R9: one that only shakes hands and stalls is replaced by its backup (${dialect.title})`, () => {
      const handshake = dialect.events(EVERYTHING).slice(0, dialect.handshake);
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const script: Script = () => [...sendEvents(handshake), stall];
      const settings = { timeouts: { idle_s: 0.7, ping_s: 0.2 } };
      const primary = stage.profile({ dialect, script, settings, backups: [backup] });
      return async () => {
        const answer = await primary.ask();
        expectContent(answer);
        expect(pingsOf(answer)).to.be.greaterThan(0);
        await waitUntil('the first call to be given up', () => primary.upstream.open() === 0, 5_000);
      };
    });
});
