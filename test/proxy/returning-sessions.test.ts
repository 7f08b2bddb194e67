import { expect } from 'chai';
import { configurationFrom } from '../support/configuration.ts';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';
import { holdSession, type HeldSession } from './support/held-session.ts';

const CONTEXT = '0123456789abcdef';

describe('sessions that come back to another proxy', () => {
  let upstream: RecordingServer<ChatRequest>;
  let proxy: TestProxy;
  const open: HeldSession[] = [];

  beforeEach(async () => (upstream = await startChatUpstream(({ model }) => ({ text: model }))));
  afterEach(async () => {
    for (const session of open.splice(0)) session.close();
    await proxy.stop();
    await upstream.close();
  });

  const profile = (model: string, more = ''): string =>
    `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "${model}"\n${more}`;
  async function comeBack(toml: string, context: unknown, keys = {}): Promise<HeldSession> {
    const session = await holdSession(proxy, await configurationFrom(toml), { keys, context });
    open.push(session);
    return session;
  }
  const ask = (address: string): Promise<Response> =>
    proxy.post(`/proxy/${address}/v1/messages`, question({ model: 'opus' }));
  const modelAsked = (): string | undefined => upstream.requests.at(-1)?.body.model;

  it('keep their context, also where it means the same as the proxy now', async () => {
    proxy = await startTestProxy(profile('base'));
    expect((await comeBack(profile('base'), CONTEXT)).greeting).to.deep.equal({ profile: 'p', context: CONTEXT });
    expect((await ask(`p@${CONTEXT}`)).status).to.equal(200);
    expect(modelAsked()).to.equal('base');
  });

  it('share a context that they shared before, until the last one ends', async () => {
    proxy = await startTestProxy(profile('base'));
    const first = await comeBack(profile('mine'), CONTEXT);
    await comeBack(profile('mine'), CONTEXT);
    first.close();
    await waitUntil('one session to be left', async () => (await sessions()) === 1);
    expect((await ask(`p@${CONTEXT}`)).status).to.equal(200);
    expect(modelAsked()).to.equal('mine');
  });

  it('do not get a context that means something else by now', async () => {
    proxy = await startTestProxy(profile('base'));
    await comeBack(profile('mine', 'api_key = "one"\n'), CONTEXT);
    const second = await comeBack(profile('mine', 'api_key = "two"\n'), CONTEXT);
    expect(second.status).to.equal(409);
    await ask(`p@${CONTEXT}`);
    expect(upstream.requests.at(-1)?.headers.authorization).to.equal('Bearer one');
  });

  for (const context of ['0123456789ABCDEF', '0123', '../../x', 7, {}]) {
    it(`are refused with the context ${JSON.stringify(context)}`, async () => {
      proxy = await startTestProxy(profile('base'));
      expect((await comeBack(profile('base'), context)).status).to.equal(400);
    });
  }

  it('bring along what the plain address needs, where the proxy has it no more', async () => {
    proxy = await startTestProxy(profile('base', 'api_key_env = "KEY"\n'));
    expect((await ask('p')).status).to.equal(401);
    const session = await comeBack(profile('base', 'api_key_env = "KEY"\n'), null, { KEY: 'brought' });
    expect((await ask('p')).status).to.equal(200);
    expect(upstream.requests.at(-1)?.headers.authorization).to.equal('Bearer brought');
    session.close();
    await waitUntil('the session to end', async () => (await sessions()) === 0);
    expect((await ask('p')).status).to.equal(401);
  });

  it('change nothing about a plain address that the proxy can serve itself, nor when they are new', async () => {
    proxy = await startTestProxy(`${profile('base')}${profile('k', 'api_key_env = "KEY"\n').replace('"p"', '"k"')}`);
    await comeBack(profile('mine'), null);
    await ask('p');
    expect(modelAsked()).to.equal('base');
    const configuration = await configurationFrom(profile('k', 'api_key_env = "KEY"\n').replace('"p"', '"k"'));
    open.push(await holdSession(proxy, configuration, { profile: 'k', keys: { KEY: 'mine alone' } }));
    expect((await ask('k')).status).to.equal(401);
  });

  it('may come after the first request for them, while the proxy is young', async () => {
    proxy = await startTestProxy(profile('base', 'api_key_env = "KEY"\n'), { youthMs: 60_000 });
    const early = [ask(`p@${CONTEXT}`), ask('p')];
    const own = { KEY: 'brought' };
    await waitUntil('both requests to wait', async () => (await proxy.fetch('/status')).ok);
    await comeBack(profile('base', 'api_key_env = "KEY"\n'), CONTEXT, own);
    await comeBack(profile('base', 'api_key_env = "KEY"\n'), null, own);
    expect((await Promise.all(early)).map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  it('are not waited for by a proxy that stops', async () => {
    proxy = await startTestProxy(profile('base'), { youthMs: 60_000 });
    const early = ask(`p@${CONTEXT}`);
    await waitUntil('the request to wait', async () => (await proxy.fetch('/status')).ok);
    await proxy.stop();
    expect((await early).status).to.equal(404);
  });

  async function sessions(): Promise<number> {
    return ((await (await proxy.fetch('/status')).json()) as { sessions: unknown[] }).sessions.length;
  }
});
