import { expect } from 'chai';
import { closeAll } from '../../support/close-all.ts';
import { startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { scriptedProtocol } from '../../support/scripted-chat-protocol.ts';
import { ask } from './support/ask.ts';
import { profileOf, startProvider, type Act, type Provider } from './support/two-dialects.ts';

const RETRY = '[retry]\nmax_attempts = 4\nmax_wait_s = 0\nbudget = 1.0\n';
const DOWN: Act = { status: 503 };

describe('the chain of a request', () => {
  let first: Provider;
  let second: Provider;
  let proxy: TestProxy | undefined;
  let act: Act;

  beforeEach(async () => {
    act = DOWN;
    first = await startProvider('first', () => act);
    second = await startProvider('second', () => 'answer');
  });

  afterEach(async () => {
    await proxy?.stop();
    await closeAll(first, second);
  });

  async function start(backups: readonly string[], ...profiles: readonly string[]): Promise<TestProxy> {
    const chain = `backup_providers = ${JSON.stringify(backups)}`;
    proxy = await startTestProxy([profileOf(first, 'chat', chain), ...profiles, RETRY].join('\n'));
    return proxy;
  }

  const at = ({ url }: Provider, name: string, more = ''): string => profileOf({ name, url }, 'chat', more);

  it('leaves out backups that are disabled, lack their key or their plugin, and says so', async () => {
    const keyless = at(second, 'keyless').replace('api_key = "key-of-keyless"', 'api_key_env = "NOT_SET_ANYWHERE"');
    const foreign = '[[profiles]]\nname = "foreign"\nprovider = "of-no-plugin"\n';
    const running = await start(
      ['off', 'keyless', 'foreign', 'good'],
      at(second, 'off', 'enabled = false'),
      keyless,
      foreign,
      at(second, 'good'),
    );
    const got = await ask(running, 'first', true);
    expect(got).to.include({ status: 200, text: 'I am second.', attempts: '2', profile: 'good' });
    expect(got.trail).to.equal(
      'off:not-usable, keyless:not-usable, foreign:not-usable, first:503 overloaded, good:answered',
    );
    expect(second.requests).to.have.lengthOf(1);
  });

  it('is the profile alone when no backup can be used', async () => {
    const running = await start(['off'], at(second, 'off', 'enabled = false'));
    expect(await ask(running, 'first', true)).to.include({ status: 503, attempts: '1', profile: 'first' });
  });

  it('ends after so many attempts, however long it is', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const running = await start(names, ...names.map((name) => at(first, name)));
    expect(await ask(running, 'first', true)).to.include({ status: 503, attempts: '4' });
    expect(first.requests.map(({ body }) => body.model)).to.deep.equal(
      ['first', 'a', 'b', 'c'].map((name) => `model-of-${name}`),
    );
  });

  it('holds the backups of the profile that was asked, not those of its backups', async () => {
    const running = await start(['middle'], at(first, 'middle', 'backup_providers = ["good"]'), at(second, 'good'));
    expect(await ask(running, 'first', true)).to.include({ status: 503, attempts: '2' });
    expect(second.requests).to.have.lengthOf(0);
  });

  it('goes on after 401 with another key, and not with the same', async () => {
    act = { status: 401 };
    const same = at(first, 'same').replace('key-of-same', 'key-of-first');
    const running = await start(['same', 'good'], same, at(second, 'good'));
    const got = await ask(running, 'first', true);
    expect(got).to.include({ status: 200, text: 'I am second.', attempts: '2' });
    expect(got.trail).to.equal('first:401 authentication, same:same-credential, good:answered');
  });

  it('tells a wrong key to the client where nobody has another one', async () => {
    act = { status: 401 };
    const running = await start(['same'], at(first, 'same').replace('key-of-same', 'key-of-first'));
    expect(await ask(running, 'first', true)).to.include({ status: 401, attempts: '1', error: 'authentication_error' });
  });

  it('goes on with a larger window only, when the provider finds the prompt too long', async () => {
    act = { status: 400, error: { message: 'prompt is too long: 250000 tokens > 200000 maximum' } };
    const running = await start(
      ['small', 'unknown', 'large'],
      at(second, 'small', 'context_window = 200_000'),
      at(second, 'unknown'),
      at(second, 'large', 'context_window = 1_000_000'),
    );
    const got = await ask(running, 'first', true);
    expect(got).to.include({ status: 200, attempts: '2', profile: 'large' });
    expect(got.trail).to.equal(
      'first:400 context-overflow, small:window-too-small, unknown:window-too-small, large:answered',
    );
  });

  it('goes on with a larger window, when the prompt is too long for the first without a call', async () => {
    const messages = [{ role: 'user', content: 'word '.repeat(14_000) }];
    const narrow = profileOf(
      { ...first, name: 'narrow' },
      'chat',
      'context_window = 8_000\nbackup_providers = ["small", "large"]',
    );
    const running = await start(
      [],
      narrow,
      at(second, 'small', 'context_window = 9_000'),
      at(second, 'large', 'context_window = 200_000'),
    );
    const got = await ask(running, 'narrow', true, { messages });
    expect(got).to.include({ status: 200, attempts: '1', profile: 'large' });
    expect(got.trail).to.match(/^narrow:context-overflow, small:[\w-]+, large:answered$/);
    expect(first.requests).to.have.lengthOf(0);
  });

  it('tells the window of the model that found the prompt too long, not of one that was asked later', async () => {
    act = { status: 400, error: { message: 'Your input exceeds the context window of this model' } };
    const nowhere = { name: 'large', url: 'http://127.0.0.1:9' };
    const narrow = profileOf(
      { ...first, name: 'narrow' },
      'chat',
      'context_window = 20_000\nbackup_providers = ["large"]',
    );
    const running = await start([], narrow, profileOf(nowhere, 'chat', 'context_window = 1_000_000'));
    const got = await ask(running, 'narrow', true);
    expect(got.trail).to.equal('narrow:400 context-overflow, large:connection');
    expect(got).to.include({ status: 400, error: 'invalid_request_error', attempts: '2' });
    expect(got.message).to.match(/^prompt is too long: 20001 tokens > 20000 maximum/);
  });

  it('is mended first and goes on afterwards', async () => {
    const refused = {
      type: 'invalid_request_error',
      code: 'unsupported_parameter',
      param: 'temperature',
      message: "Unsupported parameter: 'temperature'",
    };
    act = { status: 400, error: refused };
    const healing = await startProvider('healing', (n) => (n === 0 ? { status: 400, error: refused } : DOWN));
    try {
      const running = await start([], profileOf(healing, 'chat', 'backup_providers = ["good"]'), at(second, 'good'));
      const got = await ask(running, 'healing', true, { temperature: 0.5 });
      expect(got).to.include({ status: 200, text: 'I am second.', attempts: '3' });
      expect(got.trail).to.equal('healing:400 invalid-request, healing:503 overloaded, good:answered');
      expect(healing.requests[1]?.body).not.to.have.property('temperature');
      expect(second.requests[0]?.body, 'what another provider refused').to.have.property('temperature');
    } finally {
      await healing.close();
    }
  });

  it('goes on past a backup that cannot take the request at all', async () => {
    const own = profileOf({ ...first, name: 'own' }, 'own', 'backup_providers = ["good"]');
    const running = await start([], own, at(second, 'good'));
    // Passed on as it is by the first; a translation has nothing to do with it.
    const messages = [{ role: 'user', content: [{ type: 'text' }] }];
    const got = await ask(running, 'own', true, { messages });
    expect(got).to.include({ status: 503, attempts: '1' });
    expect(got.trail).to.equal('own:503 overloaded, good:invalid-request');
    expect(second.requests).to.have.lengthOf(0);
  });

  it('goes on past a plugin with a bug, which is logged all the same', async () => {
    const broken = {
      ...scriptedProtocol(),
      encodeRequest: (): never => {
        throw new Error('no such thing');
      },
    };
    const buggy = at(first, 'buggy', 'backup_providers = ["good"]').replace('OpenAICompatible', 'Scripted');
    proxy = await startTestProxy(`${buggy}${at(second, 'good')}${RETRY}`, { protocols: [broken] });
    const got = await ask(proxy, 'buggy', true);
    expect(got).to.include({ status: 200, text: 'I am second.', attempts: '1', trail: 'buggy:server, good:answered' });
    const bug = proxy.log.find(({ event }) => event === 'bug');
    expect(bug).to.have.property('error').that.includes('no such thing');
  });

  it('begins at once when the first cannot be reached', async () => {
    const nowhere = { name: 'nowhere', url: 'http://127.0.0.1:9' };
    const running = await start([], profileOf(nowhere, 'chat', 'backup_providers = ["good"]'), at(second, 'good'));
    const got = await ask(running, 'nowhere', true);
    expect(got).to.include({ status: 200, attempts: '2', trail: 'nowhere:connection, good:answered' });
  });
});
