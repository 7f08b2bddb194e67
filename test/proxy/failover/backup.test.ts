import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { ask } from './support/ask.ts';
import { DIALECTS, profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

const RETRY = '[retry]\nmax_attempts = 3\nmax_wait_s = 5\nbudget = 1.0\n';
const BACKUP = 'backup_providers = ["second"]';
const BEGUN = ['message_start', 'message_delta', 'message_stop'];

for (const dialect of DIALECTS) {
  const other = dialect === 'chat' ? 'own' : 'chat';
  for (const stream of [true, false]) {
    describe(`a backup, ${stream ? 'streamed' : 'whole'}, where the first speaks ${dialect}`, () => {
      let first: Provider;
      let second: Provider;
      let proxy: TestProxy;
      let acts: readonly Act[];
      let backupActs: readonly Act[];

      beforeEach(async () => {
        backupActs = [];
        first = await startProvider('first', (n) => acts[n] ?? 'answer');
        second = await startProvider('second', (n) => backupActs[n] ?? 'answer');
        const models = 'models = { opus = "opus-of-second" }';
        proxy = await startTestProxy(profileOf(first, dialect, BACKUP) + profileOf(second, other, models) + RETRY);
      });

      afterEach(async () => {
        await proxy.stop();
        await closeAll(first, second);
        expect([...first.failures, ...second.failures]).to.deep.equal([]);
      });

      const cases: readonly [title: string, act: Act, told: string][] = [
        ['500', { status: 500 }, '500 server'],
        ['502', { status: 502 }, '502 server'],
        ['503', { status: 503 }, '503 overloaded'],
        ['529', { status: 529 }, '529 overloaded'],
        ['429', { status: 429 }, '429 rate-limit'],
        ['429 for a long time', { status: 429, headers: { 'retry-after': '30' } }, '429 rate-limit'],
        ['402', { status: 402 }, '402 billing'],
        ['401', { status: 401 }, '401 authentication'],
        ['404', { status: 404 }, '404 not-found'],
        ['408', { status: 408 }, '408 timeout'],
        ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 'refused-redirect'],
        ['an overload inside a 200', 'overloaded-inside', 'overloaded'],
      ];
      for (const [title, act, told] of cases) {
        it(`takes over after ${title}, with its own model, key and protocol`, async () => {
          acts = [act];
          const got = await ask(proxy, 'first', stream);
          expect(got).to.include({ status: 200, text: 'I am second.', error: undefined, attempts: '2' });
          expect(got).to.include({ profile: 'second', model: second.requests[0]?.body.model });
          expect(got.trail?.replace('529 overloaded', 'overloaded')).to.equal(
            `first:${told.replace('529 overloaded', 'overloaded')}, second:answered`,
          );
          expect(got.events).to.deep.equal(stream ? BEGUN : []);
          expect(first.requests).to.have.lengthOf(1);
          expect(second.requests).to.have.lengthOf(1);
          expect(JSON.stringify(second.requests[0]?.headers)).to.include('key-of-second').and.not.include('first');
          expect(second.requests[0]?.body.model).to.equal('opus-of-second');
          expect(second.requests[0]?.url).to.match(other === 'chat' ? /^\/v1\/chat\/completions/ : /^\/v1\/messages/);
        });
      }

      for (const status of [400, 403, 422]) {
        it(`is not asked what the first refuses: ${status}`, async () => {
          acts = [{ status }];
          const got = await ask(proxy, 'first', stream);
          expect(got).to.include({ status, attempts: '1', profile: 'first' });
          expect(second.requests).to.have.lengthOf(0);
        });
      }

      it('is asked again after the first, when both fail in a way that may pass', async () => {
        acts = [{ status: 503 }, 'answer'];
        backupActs = [{ status: 529 }];
        const got = await ask(proxy, 'first', stream);
        expect(got).to.include({ status: 200, text: 'I am first.', attempts: '3', profile: 'first' });
        expect(got.trail).to.equal('first:503 overloaded, second:529 overloaded, first:answered');
      });

      it('does not hide that the first may recover by what it lacks itself', async () => {
        acts = [{ status: 503 }, { status: 503 }];
        backupActs = [{ status: 401 }];
        const got = await ask(proxy, 'first', stream);
        expect(got).to.include({
          status: 503,
          attempts: '3',
          error: dialect === 'own' ? 'api_error' : 'overloaded_error',
        });
        expect(got.message).to.include('first says 503');
      });

      it('is not asked when the answer breaks after it has begun, unless it is wanted whole', async () => {
        acts = ['break'];
        const got = await ask(proxy, 'first', stream);
        expect(second.requests).to.have.lengthOf(stream ? 0 : 1);
        if (!stream) expect(got).to.include({ status: 200, text: 'I am second.', attempts: '2' });
        else {
          expect(got).to.include({ status: 200, error: 'api_error', attempts: '1' });
          expect(got.events).to.deep.equal(['message_start', 'error']);
          expect('I am first.').to.match(new RegExp(`^${got.text}`));
          expect(got.text).not.to.equal('');
        }
      });
    });
  }
}
