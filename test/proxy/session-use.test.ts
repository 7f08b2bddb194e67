import { expect } from 'chai';
import { configurationFrom } from '../support/configuration.ts';
import { question, startTestProxy, withoutRepeats, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';
import { holdSession, type HeldSession } from './support/held-session.ts';

interface ShownSession {
  readonly requests: number;
  readonly [field: string]: unknown;
}

const ONE = '1111111111111111';
const TWO = '2222222222222222';

describe('what a session has used', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<ChatRequest>;
  let sessions: HeldSession[];

  beforeEach(async () => {
    upstream = await startChatUpstream(() => ({ text: 'Hello there.' }));
    const toml = withoutRepeats(
      `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "big"\nmodels = { haiku = "small" }\n`,
    );
    proxy = await startTestProxy(toml);
    const configuration = await configurationFrom(toml);
    sessions = [
      await holdSession(proxy, configuration, { id: ONE, pid: 1, cwd: '/one' }),
      await holdSession(proxy, configuration, { id: TWO, pid: 2, cwd: '/two' }),
      await holdSession(proxy, configuration, { pid: 3, cwd: '/of-an-older-version' }),
    ];
  });
  afterEach(async () => {
    for (const session of sessions) session.close();
    await proxy.stop();
    await upstream.close();
  });

  async function listed(): Promise<ShownSession[]> {
    const { sessions: shown } = (await (await proxy.fetch('/status')).json()) as { sessions: ShownSession[] };
    return shown;
  }

  async function ask(model: string, headers: { [name: string]: string }): Promise<void> {
    const requests = async (): Promise<number> => (await listed()).reduce((sum, session) => sum + session.requests, 0);
    const before = await requests();
    await (await proxy.post('/proxy/p/v1/messages', question({ model }), headers)).text();
    await waitUntil('the request to be counted', async () => (await requests()) > before);
  }

  it('is put down to the session that its requests name, although all use one address', async () => {
    await ask('big', { 'x-claudex-session': ONE, 'x-claude-code-session-id': 'aaaaaaaa-one' });
    await ask('big', { 'x-claudex-session': TWO });
    await ask('haiku', { 'x-claudex-session': TWO, 'x-claude-code-session-id': 'aaaaaaaa-two' });
    const [one, two, old] = await listed();
    expect(one).to.deep.include({ profile: 'p', folder: '/one', requests: 1, input_tokens: 100, output_tokens: 20 });
    expect(one).to.include({ model: 'big', served_by: 'p', client_session: 'aaaaaaaa-one', idle_s: 0 });
    expect(two).to.include({ requests: 2, input_tokens: 200, model: 'small', client_session: 'aaaaaaaa-two' });
    expect(old).to.include({ requests: 0, model: null, served_by: null, client_session: null, idle_s: null });
    expect(JSON.stringify([one, two]))
      .not.to.include(ONE)
      .and.not.include(TWO);
  });

  it('takes model and conversation from the main thread only, and the tokens from everything', async () => {
    const session = { 'x-claudex-session': ONE, 'x-claude-code-session-id': 'aaaaaaaa-one' };
    await ask('big', session);
    await ask('haiku', { ...session, 'x-claude-code-agent-id': 'helper', 'x-claude-code-session-id': 'bbbbbbbb-sub' });
    expect((await listed())[0]).to.include({ model: 'big', client_session: 'aaaaaaaa-one', input_tokens: 200 });
  });

  it('is told for one session by its id, and no id of a conversation is taken that could do harm in a shell', async () => {
    await ask('big', { 'x-claudex-session': ONE, 'x-claude-code-session-id': '$(rm -rf /)' });
    const response = await proxy.fetch(`/-/sessions/${ONE}`);
    expect(await response.json()).to.include({ profile: 'p', requests: 1, client_session: null });
    expect((await proxy.fetch('/-/sessions/3333333333333333')).status).to.equal(404);
  });

  it('tells no provider which session asks', async () => {
    await ask('big', { 'x-claudex-session': ONE });
    expect(upstream.requests[0]?.headers).not.to.have.property('x-claudex-session');
    expect(JSON.stringify(upstream.requests)).not.to.include(ONE);
  });

  it('refuses an id that is none', async () => {
    const refused = await holdSession(proxy, await configurationFrom(''), { id: 'no id' });
    expect(refused.status).to.equal(400);
  });
});
