import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { ask } from './support/ask.ts';
import { DIALECTS, profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

const ONCE = '[retry]\nmax_attempts = 1\n';
const breaker = (more: string): string => `[breaker]\nfailure_threshold = 3\nfailure_ratio = 0.0\n${more}\n`;

for (const dialect of DIALECTS) {
  describe(`the circuit of a provider that speaks ${dialect}`, () => {
    let first: Provider;
    let second: Provider;
    let proxy: TestProxy | undefined;
    let act: Act;

    beforeEach(async () => {
      act = { status: 500 };
      first = await startProvider('first', () => act);
      second = await startProvider('second', () => 'answer');
    });

    afterEach(async () => {
      await proxy?.stop();
      await closeAll(first, second);
    });

    async function start(more: string, backup = ''): Promise<TestProxy> {
      proxy = await startTestProxy(
        profileOf(first, dialect, backup) + profileOf(second, dialect) + ONCE + breaker(more),
      );
      return proxy;
    }

    async function askOften(times: number, stream = true): Promise<void> {
      for (let time = 0; time < times; time += 1) if (proxy) await ask(proxy, 'first', stream);
    }

    for (const stream of [true, false]) {
      it(`opens after three failures, and nobody is called then, ${stream ? 'streamed' : 'whole'}`, async () => {
        await start('recovery_s = 20');
        await askOften(3, stream);
        const got = proxy && (await ask(proxy, 'first', stream));
        expect(got).to.include({ status: 529, error: 'overloaded_error', attempts: '0', trail: 'first:breaker-open' });
        expect(Number(got?.retryAfter)).to.be.within(5, 20);
        expect(first.requests).to.have.lengthOf(3);
      });
    }

    it('sends requests to the backup at once while it is open', async () => {
      const running = await start('recovery_s = 20', 'backup_providers = ["second"]');
      await askOften(3);
      expect(await ask(running, 'first', true)).to.include({
        text: 'I am second.',
        attempts: '1',
        trail: 'first:breaker-open, second:answered',
      });
      expect(first.requests).to.have.lengthOf(3);
    });

    it('opens for answers that break off after they have begun', async () => {
      act = 'break';
      const running = await start('recovery_s = 20');
      await askOften(3);
      expect(await ask(running, 'first', true)).to.include({ status: 529, attempts: '0' });
    });

    it('stays closed for refusals, and for answers', async () => {
      const running = await start('recovery_s = 20');
      for (const status of [400, 401, 402, 403, 404, 408, 409, 422, 429]) {
        act = { status };
        expect((await ask(running, 'first', true)).attempts).to.equal('1');
      }
      act = 'answer';
      expect(await ask(running, 'first', true)).to.include({ status: 200 });
    });

    it('lets one of fifty requests through when its time is up, and all after that one succeeded', async () => {
      const running = await start('recovery_s = 0.3');
      await askOften(3);
      const enough = Promise.withResolvers<void>();
      act = { after: enough.promise, act: 'answer' };
      await new Promise((resolve) => setTimeout(resolve, 400));
      let refused = 0;
      const asked = Array.from({ length: 50 }, async (_, n) => {
        const got = await ask(running, 'first', n % 2 === 0);
        if ((refused += got.status === 529 ? 1 : 0) === 49) enough.resolve();
        return got;
      });
      const got = await Promise.all(asked);
      expect(first.requests).to.have.lengthOf(4);
      expect(got.filter(({ status }) => status === 200)).to.have.lengthOf(1);
      act = 'answer';
      const after = await Promise.all(Array.from({ length: 10 }, () => ask(running, 'first', true)));
      expect(after.every(({ status }) => status === 200)).to.equal(true);
    });

    it('is not hurt by clients that go away, before and after the answer began', async () => {
      const running = await start('recovery_s = 20');
      for (const each of ['silence', 'stall', 'silence', 'stall', 'silence'] as const) {
        act = each;
        const calls = first.requests.length;
        const gone = new AbortController();
        const asked = running.fetch('/proxy/first/v1/messages', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question({ stream: true })),
          signal: gone.signal,
        });
        const left = asked.then(async (response) => response.text()).catch(() => 'left');
        await waitUntil('the call', () => first.requests.length > calls);
        if (each === 'stall') await asked;
        gone.abort();
        expect(await left).to.equal('left');
      }
      act = 'answer';
      expect(await ask(running, 'first', true)).to.include({ status: 200 });
    });

    it('lets another request probe when the client of the probe goes away', async () => {
      const running = await start('recovery_s = 0.3');
      await askOften(3);
      await new Promise((resolve) => setTimeout(resolve, 400));
      act = 'silence';
      const gone = new AbortController();
      const left = running
        .fetch('/proxy/first/v1/messages', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question({ stream: true })),
          signal: gone.signal,
        })
        .catch(() => 'left');
      await waitUntil('the probe', () => first.requests.length === 4);
      gone.abort();
      expect(await left).to.equal('left');
      act = 'answer';
      await waitUntil('the next probe', async () => (await ask(running, 'first', true)).status === 200, 10_000);
    });
  });
}
