import { expect } from 'chai';
import { answering, failingFirst, refusal } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { chat } from './support/dialects/chat.ts';
import type { Dialect } from './support/dialects/dialect.ts';
import { messages } from './support/dialects/messages.ts';
import { responses } from './support/dialects/responses.ts';
import { AT_ONCE_MS, attemptsOf, expectContent, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import type { Headers } from './support/http-text.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

/** How a limited provider says how long to wait. */
interface Spelling {
  readonly what: string;
  readonly headers: () => Headers;
  /** Null where it does not say. */
  readonly seconds: number | null;
  /** Who spells it so; absent: everybody. */
  readonly dialects?: readonly Dialect[];
}

const SPELLINGS: readonly Spelling[] = [
  { what: 'retry-after: 1', headers: () => ({ 'retry-after': '1' }), seconds: 1 },
  {
    what: 'retry-after with a date',
    headers: () => ({ date: httpDate(0), 'retry-after': httpDate(1) }),
    seconds: 1,
  },
  { what: 'retry-after-ms: 700', headers: () => ({ 'retry-after-ms': '700' }), seconds: 0.7 },
  {
    what: 'x-ratelimit-reset-requests: 900ms',
    headers: () => ({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '900ms' }),
    seconds: 0.9,
    dialects: [chat, responses],
  },
  {
    what: 'x-ratelimit-reset-tokens: 1s',
    headers: () => ({
      'x-ratelimit-remaining-requests': '7',
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1s',
    }),
    seconds: 1,
    dialects: [chat, responses],
  },
  {
    what: 'anthropic-ratelimit-requests-reset with a date',
    headers: () => ({
      date: httpDate(0),
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': new Date(EPOCH + 1_000).toISOString(),
    }),
    seconds: 1,
    dialects: [messages],
  },
  { what: 'no time', headers: () => ({}), seconds: null },
  { what: 'retry-after: -5', headers: () => ({ 'retry-after': '-5' }), seconds: null },
  { what: 'retry-after: soon', headers: () => ({ 'retry-after': 'soon' }), seconds: null },
];

/** A time of the provider's clock, in milliseconds since the epoch, which need not be ours. */
const EPOCH = 1_800_000_000_000;

function httpDate(seconds: number): string {
  return new Date(EPOCH + seconds * 1_000).toUTCString();
}

describe('a provider whose rate limit is used up', () => {
  const stage = new FaultStage();
  const add = casesOn(stage);
  const limited = (dialect: Dialect, headers: () => Headers): Script => {
    return () => [refusal(dialect, 429, headers(), 'rate_limit_error')];
  };

  for (const { what, headers, seconds, dialects = DIALECTS } of SPELLINGS)
    for (const dialect of dialects) {
      add(`R7: is asked again after as long as it said: ${what} (${dialect.title})`, () => {
        const script = failingFirst(1, limited(dialect, headers), answering(dialect));
        const profile = stage.profile({ dialect, script });
        return async () => {
          await stage.allowRepeats(1);
          const answer = await profile.ask();
          expectContent(answer);
          expect(attemptsOf(answer)).to.equal(2);
          const [first, second] = profile.calls;
          const waited = (second?.at ?? 0) - (first?.at ?? 0);
          expect(waited).to.be.at.least((seconds ?? 0) * 1_000 - 20);
          expect(waited).to.be.lessThan(((seconds ?? 0) + 2) * 1_000 + 3_000);
        };
      });

      add(`R7: is replaced by its backup without a wait: ${what} (${dialect.title})`, () => {
        const backup = stage.profile({ dialect, script: answering(dialect) });
        const primary = stage.profile({ dialect, script: limited(dialect, headers), backups: [backup] });
        return async () => {
          const answer = await primary.ask();
          expectContent(answer);
          expect((backup.calls[0]?.at ?? Infinity) - (primary.calls[0]?.at ?? 0)).to.be.lessThan(AT_ONCE_MS);
        };
      });
    }

  for (const { title, dialect, stream } of WAYS) {
    add(`R7: is not waited for when that takes too long, and the client is told the true time (${title})`, () => {
      const script = limited(dialect, () => ({ 'retry-after': '999999' }));
      const profile = stage.profile({ dialect, script });
      return async () => {
        const answer = await profile.ask({ stream });
        expectRefusal(answer, 429, 'rate_limit_error');
        expect(answer.headers['retry-after']).to.equal('999999');
        expect(attemptsOf(answer)).to.equal(1);
        expect(answer.endMs).to.be.lessThan(5_000);
      };
    });

    add(`R7: is left alone until its time is up, and later requests are told what is left of it (${title})`, () => {
      const script = failingFirst(
        1,
        limited(dialect, () => ({ 'retry-after': '4' })),
        answering(dialect),
      );
      const profile = stage.profile({ dialect, script });
      return async () => {
        expectRefusal(await profile.ask({ stream }), 429);
        const again = await profile.ask({ stream });
        expectRefusal(again, 429, 'rate_limit_error');
        expect(Number(again.headers['retry-after'])).to.be.within(1, 4);
        expect(attemptsOf(again)).to.equal(0);
        expect(profile.calls).to.have.lengthOf(1);
        await new Promise((resolve) => setTimeout(resolve, 4_100));
        expectContent(await profile.ask({ stream }));
      };
    });

    add(`R7: is skipped while it has a backup (${title})`, () => {
      const backup = stage.profile({ dialect, script: answering(dialect) });
      const script = limited(dialect, () => ({ 'retry-after': '60' }));
      const primary = stage.profile({ dialect, script, backups: [backup] });
      return async () => {
        for (let n = 0; n < 4; n += 1) expectContent(await primary.ask({ stream }));
        expect(primary.calls).to.have.lengthOf(1);
        expect(backup.calls).to.have.lengthOf(4);
        expect(await primary.status()).to.include({ breaker: 'closed' });
      };
    });
  }
});
