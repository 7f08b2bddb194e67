import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { ask } from './support/ask.ts';
import { DIALECTS, profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

const PINGS = '[timeouts]\nping_s = 0.1\ndrain_s = 0.3\n';
const BREAKER = '[breaker]\nfailure_threshold = 2\nfailure_ratio = 0.0\n';
const LATER: Act = { status: 503, headers: { 'retry-after': '4' } };

for (const dialect of DIALECTS) {
  describe(`a client that waits, ${dialect}`, () => {
    let first: Provider;
    let second: Provider;
    let proxy: TestProxy | undefined;
    let acts: readonly Act[];
    let backupActs: readonly Act[];

    beforeEach(async () => {
      backupActs = [];
      first = await startProvider('first', (n) => acts[n] ?? 'answer');
      second = await startProvider('second', (n) => backupActs[n] ?? 'answer');
    });

    afterEach(async () => {
      await proxy?.stop();
      await closeAll(first, second);
    });

    async function start(retry: string, backup = 'backup_providers = ["second"]', more = PINGS): Promise<TestProxy> {
      proxy = await startTestProxy(
        profileOf(first, dialect, backup) +
          profileOf(second, dialect) +
          `${more}${BREAKER}[retry]\nbudget = 1.0\n${retry}\n`,
      );
      return proxy;
    }

    /** Sends a request whose client can go away; the status, or `left`. */
    function leaving(
      running: TestProxy,
      stream = true,
    ): { readonly gone: AbortController; readonly left: Promise<number | string> } {
      const gone = new AbortController();
      const asked = running.fetch('/proxy/first/v1/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question({ stream })),
        signal: gone.signal,
      });
      return {
        gone,
        left: asked.then(async (response) => (await response.text(), response.status)).catch(() => 'left'),
      };
    }

    it('gets pings while the first is silent, and then the answer of the backup', async () => {
      acts = [{ afterMs: 500, act: { status: 500 } }];
      const got = await ask(await start('max_attempts = 2'), 'first', true);
      expect(got).to.include({ status: 200, text: 'I am second.', error: undefined });
      expect(got.events.slice(0, 2)).to.deep.equal(['ping', 'ping']);
      expect(got.events.filter((type) => type !== 'ping')).to.deep.equal([
        'message_start',
        'message_delta',
        'message_stop',
      ]);
      expect(got.profile, 'who was asked when the head was written').to.equal('first');
    });

    it('gets pings and then exactly one error when all fail', async () => {
      acts = [{ afterMs: 300, act: { status: 500 } }];
      backupActs = [{ afterMs: 300, act: { status: 529 } }];
      const got = await ask(await start('max_attempts = 2'), 'first', true);
      expect(got.status).to.equal(200);
      expect(got.events.filter((type) => type !== 'ping')).to.deep.equal(['error']);
      expect(got.events.filter((type) => type === 'ping').length).to.be.at.least(2);
      expect(got.error).to.equal('overloaded_error');
    });

    it('gets pings during the wait before a repeat', async () => {
      acts = [{ status: 503, headers: { 'retry-after': '1' } }];
      const got = await ask(await start('max_attempts = 2', ''), 'first', true);
      expect(got).to.include({ status: 200, text: 'I am first.' });
      expect(got.events.filter((type) => type === 'ping').length).to.be.at.least(3);
    });

    it('gets a status of its own where it wants the answer whole, however long that takes', async () => {
      acts = [{ afterMs: 300, act: { status: 500 } }];
      backupActs = [{ afterMs: 300, act: { status: 529 } }];
      expect(await ask(await start('max_attempts = 2'), 'first', false)).to.include({ status: 529, attempts: '2' });
    });

    it('gets the answer of the backup when the first has no first byte in time', async () => {
      acts = ['silence'];
      const running = await start('max_attempts = 2', undefined, '[timeouts]\nfirst_byte_s = 0.3\n');
      const got = await ask(running, 'first', true);
      expect(got).to.include({
        status: 200,
        text: 'I am second.',
        attempts: '2',
        trail: 'first:timeout, second:answered',
      });
    });

    for (const stream of [true, false]) {
      it(`causes no further call when it goes away during a wait, ${stream ? 'streamed' : 'whole'}`, async () => {
        acts = [LATER];
        const running = await start('max_attempts = 3', '');
        const { gone, left } = leaving(running, stream);
        await waitUntil('the first call', () => first.requests.length === 1);
        await new Promise((resolve) => setTimeout(resolve, 300));
        gone.abort();
        expect(await left).to.equal('left');
        const line = await waitUntil('the line of the log', () =>
          running.log.find(({ event }) => event === 'exchange'),
        );
        expect(line).to.include({ calls: 1, fault: 'aborted' });
        expect(line['attempts']).to.have.lengthOf(1);
        // One more failure opens the circuit, and would have opened it before if leaving had been one.
        expect(await ask(running, 'first', true)).to.include({ status: 200 });
        expect(first.requests).to.have.lengthOf(2);
      });
    }

    it('causes no call of the backup when it goes away while the first is silent', async () => {
      acts = ['silence'];
      const running = await start('max_attempts = 3');
      const { gone, left } = leaving(running);
      await waitUntil('the first call', () => first.requests.length === 1);
      gone.abort();
      expect(await left).to.equal('left');
      const line = await waitUntil('the line of the log', () => running.log.find(({ event }) => event === 'exchange'));
      expect(line).to.include({ calls: 1, fault: 'aborted' });
      expect(line).to.have.nested.property('attempts[0].outcome', 'failed');
      expect(line).to.have.nested.property('attempts[0].reason', 'aborted');
      expect(second.requests).to.have.lengthOf(0);
      expect(first.requests).to.have.lengthOf(1);
    });

    it('is told at once when the proxy stops during a wait, and nobody is called twice', async () => {
      acts = [{ status: 429, headers: { 'retry-after': '4' } }];
      const running = await start('max_attempts = 2', '', '[timeouts]\nping_s = 0\ndrain_s = 20\n');
      const asked = ask(running, 'first', true);
      await waitUntil('the first call', () => first.requests.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const began = performance.now();
      await running.stop();
      expect(await asked).to.include({ status: 429, attempts: '1' });
      expect(performance.now() - began).to.be.below(3_000);
      expect(first.requests).to.have.lengthOf(1);
    });

    it('is told when the proxy ends during a call, and no backup is called any more', async () => {
      acts = ['silence'];
      const running = await start('max_attempts = 3', undefined, '[timeouts]\nping_s = 0\ndrain_s = 0.2\n');
      const asked = ask(running, 'first', true);
      await waitUntil('the first call', () => first.requests.length === 1);
      await running.stop();
      expect(await asked).to.include({ status: 529, error: 'overloaded_error', attempts: '1' });
      expect(second.requests).to.have.lengthOf(0);
    });
  });
}
