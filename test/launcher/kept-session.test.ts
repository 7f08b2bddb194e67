import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { DaemonSession } from '../../src/daemon/index.ts';
import { KeptSession, type SessionSource } from '../../src/launcher/kept-session.ts';
import { waitUntil } from '../support/wait-until.ts';

type SessionEnd = Awaited<DaemonSession['ended']>;
interface TestSession extends DaemonSession {
  readonly isOpen: boolean;
  end(how: SessionEnd): void;
}

function testSession(): TestSession {
  const ended = Promise.withResolvers<SessionEnd>();
  let isOpen = true;
  return {
    baseUrl: 'http://127.0.0.1:1/proxy/p',
    context: null,
    ended: ended.promise,
    get isOpen() {
      return isOpen;
    },
    end: ended.resolve,
    async [Symbol.asyncDispose]() {
      isOpen = false;
      ended.resolve('lost');
    },
  };
}

describe('a session that is kept', () => {
  const backoff = { firstMs: 10, longestMs: 40 };
  let attempts: { readonly how: keyof SessionSource; readonly at: number }[];
  let opened: TestSession[];
  let kept: KeptSession | undefined;

  beforeEach(() => {
    attempts = [];
    opened = [];
  });
  afterEach(() => kept?.[Symbol.asyncDispose]());

  /** Comes back after so many failures. */
  function keep(failures = 0): TestSession {
    const attempt = (how: keyof SessionSource) => async (): Promise<TestSession> => {
      attempts.push({ how, at: performance.now() });
      if (attempts.length <= failures) throw new Error('not yet');
      const session = testSession();
      opened.push(session);
      return session;
    };
    const first = testSession();
    kept = new KeptSession(first, { open: attempt('open'), rejoin: attempt('rejoin') }, backoff);
    return first;
  }
  const back = (): Promise<TestSession> => waitUntil('the session to be back', () => opened.at(-1));

  it('is left alone while it lasts', async () => {
    const first = keep();
    await pause(50);
    expect([first.isOpen, attempts.length]).to.deep.equal([true, 0]);
  });

  for (const how of ['lost', 'handover'] as const) {
    it(`is opened again when it is ${how}, and again after that`, async () => {
      const first = keep();
      first.end(how);
      (await back()).end(how);
      await waitUntil('the second time', () => opened.length === 2);
      expect(attempts.map((attempt) => attempt.how)).to.deep.equal(['open', 'open']);
      expect(first.isOpen).to.equal(false);
    });
  }

  it('is only rejoined when its daemon was told to stop', async () => {
    keep(2).end('stopped');
    await back();
    expect(attempts.map(({ how }) => how)).to.deep.equal(['rejoin', 'rejoin', 'rejoin']);
  });

  it('is tried again and again, with more and more time in between', async () => {
    keep(6).end('lost');
    await back();
    const waits = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0));
    for (const [index, least] of [10, 20, 40, 40, 40, 40].entries()) expect(waits[index]).to.be.at.least(least - 2);
  });

  it('does not start a daemon without a pause that dies over and over', async () => {
    keep().end('lost');
    const since = performance.now();
    for (let time = 1; time <= 5; time += 1) {
      await waitUntil('the session to be back', () => opened.length === time);
      opened[time - 1]?.end('lost');
    }
    await waitUntil('the sixth', () => opened.length === 6);
    expect(performance.now() - since).to.be.at.least(10 + 20 + 40 + 40 + 40 - 10);
  });

  it('ends when it is disposed of, wherever it is', async () => {
    const first = keep();
    await kept?.[Symbol.asyncDispose]();
    expect(first.isOpen).to.equal(false);
    keep(1_000).end('lost');
    await waitUntil('an attempt', () => attempts.length > 0);
    await kept?.[Symbol.asyncDispose]();
    const before = attempts.length;
    await pause(100);
    expect(attempts.length).to.be.at.most(before + 1);
  });

  it('gives back what an attempt gets that is too late', async () => {
    const late = Promise.withResolvers<DaemonSession>();
    const first = testSession();
    const asked = Promise.withResolvers<void>();
    const open = (): Promise<DaemonSession> => {
      asked.resolve();
      return late.promise;
    };
    kept = new KeptSession(first, { open, rejoin: open }, backoff);
    first.end('lost');
    await asked.promise;
    await kept[Symbol.asyncDispose]();
    const session = testSession();
    late.resolve(session);
    await waitUntil('it to be given back', () => !session.isOpen);
  });
});
