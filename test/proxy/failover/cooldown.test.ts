import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { ask } from './support/ask.ts';
import { DIALECTS, profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

const LIMITED: Act = { status: 429, headers: { 'retry-after': '30' }, error: { type: 'rate_limit_error' } };
const RETRY = '[retry]\nmax_attempts = 3\nmax_wait_s = 1\nbudget = 1.0\n';

for (const dialect of DIALECTS) {
  describe(`a provider that limits the rate and speaks ${dialect}`, () => {
    let first: Provider;
    let second: Provider;
    let proxy: TestProxy;
    let act: Act;

    beforeEach(async () => {
      act = LIMITED;
      first = await startProvider('first', () => act);
      second = await startProvider('second', () => 'answer');
      const alone = profileOf({ ...first, name: 'alone' }, dialect)
        .replace('key-of-alone', 'key-of-first')
        .replace('model-of-alone', 'model-of-first');
      const twin = profileOf({ ...first, name: 'twin' }, dialect);
      proxy = await startTestProxy(
        profileOf(first, dialect, 'backup_providers = ["second"]') + profileOf(second, dialect) + alone + twin + RETRY,
      );
    });

    afterEach(async () => {
      await proxy.stop();
      await closeAll(first, second);
    });

    it('is left alone for that time, and its backup answers', async () => {
      await ask(proxy, 'first', true);
      const got = await ask(proxy, 'first', true);
      expect(got).to.include({
        status: 200,
        text: 'I am second.',
        attempts: '1',
        trail: 'first:cooling-down, second:answered',
      });
      expect(first.requests).to.have.lengthOf(1);
      expect(second.requests).to.have.lengthOf(2);
    });

    it('is not asked without a backup either, and the client learns how long it lasts', async () => {
      expect(await ask(proxy, 'alone', true)).to.include({ status: 429, retryAfter: '30', attempts: '1' });
      const got = await ask(proxy, 'alone', false);
      expect(got).to.include({ status: 429, error: 'rate_limit_error', attempts: '0', trail: 'alone:cooling-down' });
      expect(Number(got.retryAfter)).to.be.within(15, 30);
      expect(first.requests).to.have.lengthOf(1);
    });

    it('is the same for every profile with that key and model, and another one for another key', async () => {
      await ask(proxy, 'first', true);
      expect(await ask(proxy, 'alone', true)).to.include({ status: 429, attempts: '0' });
      expect(await ask(proxy, 'twin', true)).to.include({ status: 429, attempts: '1' });
    });

    it('is waited for where that fits', async () => {
      act = { status: 429, headers: { 'retry-after-ms': '600' } };
      await ask(proxy, 'first', true);
      act = 'answer';
      const got = await ask(proxy, 'alone', true);
      expect(got).to.include({ status: 200, text: 'I am first.', attempts: '1' });
    });

    it('has no circuit that opens because of that', async () => {
      act = { status: 429 };
      for (let request = 0; request < 4; request += 1) await ask(proxy, 'alone', true);
      act = 'answer';
      expect(await ask(proxy, 'alone', true)).to.include({ status: 200 });
    });
  });
}
