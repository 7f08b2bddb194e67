import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { answering, refusing, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import type { Conversation } from './support/client.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage, type StagedProfile } from './support/fault-stage.ts';
import { head } from './support/http-text.ts';
import { send, stall } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

/** The rule is 100 ms. */
const SOON_MS = 1_000;

describe('a client that goes away', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  const strict = { breaker: { failure_threshold: 1 } };

  /** Hangs up, and expects that the last call ends soon, that nobody is blamed and that nothing is still counted. */
  async function expectGone(profile: StagedProfile, conversation: Conversation, atProvider = profile): Promise<void> {
    const abortedAt = Date.now();
    conversation.abort();
    await waitUntil('the call to be given up', () => atProvider.calls.at(-1)?.closedAt() !== undefined, 10_000);
    expect((atProvider.calls.at(-1)?.closedAt() ?? Infinity) - abortedAt).to.be.lessThan(SOON_MS);
    await waitUntil('the slot to be free', async () => (await profile.status())['active'] === 0, 5_000);
    expect(await profile.status()).to.include({ breaker: 'closed', errors: 0 });
    expect(await atProvider.status()).to.include({ breaker: 'closed', errors: 0 });
  }

  for (const { title, dialect, stream } of WAYS) {
    add(`R19: before a head came, ends the call of the provider (${title})`, () => {
      const profile = stage.profile({ dialect, script: () => [stall], settings: strict });
      return async () => {
        const conversation = profile.begin({ stream });
        await waitUntil('the call', () => profile.calls.length === 1);
        await expectGone(profile, conversation);
      };
    });

    add(`R19: in the middle of an answer, ends the call of the provider (${title})`, () => {
      const events = dialect.events(EVERYTHING).slice(0, 8);
      const script: Script = ({ body }) =>
        body.stream === true
          ? [...sendEvents(events), stall]
          : [send(head(200, { 'content-type': 'application/json' })), send('{"id":'), stall];
      const profile = stage.profile({ dialect, script, settings: strict });
      return async () => {
        const conversation = profile.begin({ stream });
        await waitUntil('the call', () => profile.calls.length === 1);
        if (stream) await waitUntil('the first events', () => conversation.events.length > 2);
        else await wait(200);
        await expectGone(profile, conversation);
      };
    });

    add(`R19: while a backup is asked, ends that call (${title})`, () => {
      const backup = stage.profile({ dialect, script: () => [stall], settings: strict });
      const primary = stage.profile({ dialect, script: refusing(dialect, 503), backups: [backup] });
      return async () => {
        const conversation = primary.begin({ stream });
        await waitUntil('the call of the backup', () => backup.calls.length === 1);
        await expectGone(primary, conversation, backup);
      };
    });

    add(`FLT-44: while the proxy waits to repeat, nobody is asked any more (${title})`, () => {
      const script = refusing(dialect, 429, { 'retry-after': '1' }, 'rate_limit_error');
      const profile = stage.profile({ dialect, script });
      return async () => {
        await stage.allowRepeats(2);
        const conversation = profile.begin({ stream });
        await waitUntil('the first call', () => profile.calls.length === 1);
        await wait(100);
        conversation.abort();
        await wait(2_500);
        expect(profile.calls).to.have.lengthOf(1);
        expect(await profile.status()).to.include({ active: 0 });
      };
    });
  }

  add('leaves the others alone', () => {
    const [, dialect] = DIALECTS;
    const profile = stage.profile({ dialect, script: answering(dialect) });
    return async () => {
      for (let n = 0; n < 20; n += 1) {
        const leaver = profile.begin();
        if (n % 2 === 0) await leaver.head;
        leaver.abort();
        expectContent(await profile.ask());
      }
    };
  });
});
