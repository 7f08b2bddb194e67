import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { ask } from './support/ask.ts';
import { DIALECTS, profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

/** What passes by itself. */
const PASSING: { readonly [name: string]: Act } = {
  ...Object.fromEntries([408, 409, 425, 429, 500, 502, 503, 504, 529].map((status) => [`s${status}`, { status }])),
  inside: 'overloaded-inside',
};

for (const dialect of DIALECTS) {
  for (const stream of [true, false]) {
    it(`a provider is asked again after what passes by itself, ${dialect}, ${stream ? 'streamed' : 'whole'}`, async () => {
      const providers = await Promise.all(
        Object.entries(PASSING).map(([name, act]) => startProvider(name, (n) => (n === 0 ? act : 'answer'))),
      );
      const profiles = providers.map((provider) => profileOf(provider, dialect)).join('');
      const proxy = await startTestProxy(`${profiles}[retry]\nmax_attempts = 2\nbudget = 1.0\n`);
      try {
        const answers = await Promise.all(providers.map(({ name }) => ask(proxy, name, stream)));
        for (const [index, got] of answers.entries()) {
          const name = Object.keys(PASSING)[index];
          expect(got, name).to.include({ status: 200, text: `I am ${name}.`, attempts: '2', error: undefined });
          expect(got.trail).to.match(new RegExp(`^${name}:[\\w -]+, ${name}:answered$`));
        }
        expect(providers.map(({ requests }) => requests.length)).to.deep.equal(providers.map(() => 2));
      } finally {
        await proxy.stop();
        await closeAll(...providers);
      }
    });
  }

  describe(`a provider without a backup that speaks ${dialect}`, () => {
    let provider: Provider;
    let proxy: TestProxy | undefined;
    let acts: readonly Act[];

    beforeEach(async () => {
      provider = await startProvider('only', (n) => acts[n] ?? 'answer');
    });

    afterEach(async () => {
      await proxy?.stop();
      await closeAll(provider);
    });

    async function start(retry: string): Promise<TestProxy> {
      proxy = await startTestProxy(`${profileOf(provider, dialect)}[retry]\n${retry}\n`);
      return proxy;
    }

    for (const status of [400, 401, 402, 403, 404, 422]) {
      it(`is not asked again after ${status}`, async () => {
        acts = [{ status }];
        const got = await ask(await start('max_attempts = 3\nbudget = 1.0'), 'only', true);
        expect(got).to.include({ status, attempts: '1' });
        expect(provider.requests).to.have.lengthOf(1);
      });
    }

    it('is asked once where nothing may be repeated, and where one attempt is all there is', async () => {
      acts = Array.from({ length: 9 }, () => ({ status: 529 }));
      expect(await ask(await start('max_attempts = 5\nbudget = 0'), 'only', true)).to.include({
        status: 529,
        attempts: '1',
      });
      await proxy?.stop();
      expect(await ask(await start('max_attempts = 1\nbudget = 1.0'), 'only', true)).to.include({
        status: 529,
        attempts: '1',
      });
      expect(provider.requests).to.have.lengthOf(2);
    });

    it('is asked a third time, and no more', async () => {
      acts = Array.from({ length: 9 }, () => ({ status: 500 }));
      const got = await ask(await start('max_attempts = 3\nbudget = 1.0'), 'only', true);
      expect(got).to.include({ status: 500, attempts: '3' });
      expect(provider.requests).to.have.lengthOf(3);
    });

    it('keeps its status when all attempts fail', async () => {
      acts = Array.from({ length: 9 }, () => ({ status: 503 }));
      const got = await ask(await start('max_attempts = 2\nbudget = 1.0'), 'only', true);
      expect(got).to.include({ status: 503, attempts: '2', trail: 'only:503 overloaded, only:503 overloaded' });
    });

    it('is given the time it asks for', async () => {
      acts = [{ status: 429, headers: { 'retry-after-ms': '400' } }];
      const began = performance.now();
      const got = await ask(await start('max_attempts = 2\nbudget = 1.0'), 'only', true);
      expect(got).to.include({ status: 200, attempts: '2' });
      expect(performance.now() - began).to.be.at.least(390);
    });

    it('is not waited for longer than may be waited, and the client learns the true time', async () => {
      acts = [{ status: 429, headers: { 'retry-after': '7' } }];
      const got = await ask(await start('max_attempts = 2\nmax_wait_s = 1\nbudget = 1.0'), 'only', true);
      expect(got).to.include({
        status: 429,
        attempts: '1',
        retryAfter: '7',
        error: dialect === 'own' ? 'invalid_request_error' : 'rate_limit_error',
      });
    });

    for (const nonsense of ['-5', 'soon', '999999999999999999999', '1e400', 'NaN']) {
      it(`is not waited for because of nonsense: ${nonsense}`, async () => {
        acts = [{ status: 503, headers: { 'retry-after': nonsense } }];
        const got = await ask(await start('max_attempts = 2\nbudget = 1.0'), 'only', true);
        expect(got.status).to.equal(nonsense.startsWith('9') ? 503 : 200);
      });
    }
  });
}
