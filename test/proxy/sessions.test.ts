import { expect } from 'chai';
import type { Configuration } from '../../src/config/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { question, startTestProxy, TOKEN, type TestProxy, withoutRepeats } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

interface OpenSession {
  readonly status: number;
  readonly context: string | null;
  readonly body: unknown;
  close(): void;
}

describe('sessions and their contexts', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<ChatRequest>;
  let open: OpenSession[];

  const profile = (model: string, more = ''): string =>
    `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "${model}"\n${more}`;

  beforeEach(async () => {
    open = [];
    upstream = await startChatUpstream((body, n) => ({ text: `${body.model} ${n}` }));
    proxy = await startTestProxy(profile('base', 'api_key_env = "KEY"\n'), { environment: { KEY: 'base-key' } });
  });

  afterEach(async () => {
    for (const session of open) session.close();
    await proxy.stop();
    await upstream.close();
  });

  async function openSession(configuration: Configuration, keys: { [name: string]: string }): Promise<OpenSession> {
    const call = new AbortController();
    const response = await fetch(`${proxy.url}/-/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ profile: 'p', configuration, keys, pid: 1, cwd: '/somewhere' }),
      signal: call.signal,
    });
    const first = await response.body?.getReader().read();
    const body = JSON.parse(Buffer.from((first?.value as Uint8Array | undefined) ?? []).toString()) as {
      context?: string;
    };
    const session = { status: response.status, context: body.context ?? null, body, close: () => call.abort() };
    open.push(session);
    return session;
  }

  const ask = async (address: string): Promise<Response> =>
    proxy.post(`/proxy/${address}/v1/messages`, question({ model: 'opus' }));
  const lastRequest = () => upstream.requests.at(-1);

  it('need no context when they mean the same as the proxy', async () => {
    const same = await configurationFrom(withoutRepeats(profile('base', 'api_key_env = "KEY"\n')));
    const session = await openSession(same, { KEY: 'base-key' });
    expect(session.body).to.deep.equal({ profile: 'p', context: null });
  });

  it('that mean another model or another key get contexts of their own, and disturb nobody', async () => {
    const otherModel = await openSession(await configurationFrom(profile('mine', 'api_key_env = "KEY"\n')), {
      KEY: 'base-key',
    });
    const otherKey = await openSession(await configurationFrom(profile('base', 'api_key_env = "KEY"\n')), {
      KEY: 'my-key',
    });
    expect(new Set([otherModel.context, otherKey.context, null]).size).to.equal(3);

    expect((await ask(`p@${otherModel.context}`)).status).to.equal(200);
    expect([lastRequest()?.body.model, lastRequest()?.headers.authorization]).to.deep.equal([
      'mine',
      'Bearer base-key',
    ]);
    await ask(`p@${otherKey.context}`);
    expect([lastRequest()?.body.model, lastRequest()?.headers.authorization]).to.deep.equal(['base', 'Bearer my-key']);
    await ask('p');
    expect([lastRequest()?.body.model, lastRequest()?.headers.authorization]).to.deep.equal([
      'base',
      'Bearer base-key',
    ]);
  });

  it('bring profiles that the proxy does not know', async () => {
    const configuration = await configurationFrom(profile('mine').replace('"p"', '"p2"'));
    const call = new AbortController();
    const response = await fetch(`${proxy.url}/-/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ profile: 'p2', configuration, keys: {} }),
      signal: call.signal,
    });
    const first = await response.body?.getReader().read();
    const { context } = JSON.parse(Buffer.from(first?.value as Uint8Array).toString()) as { context: string };
    expect((await ask(`p2@${context}`)).status).to.equal(200);
    expect((await ask('p2')).status).to.equal(404);
    call.abort();
  });

  it('that agree share a context, which lives as long as one of them', async () => {
    const configuration = await configurationFrom(profile('mine'));
    const first = await openSession(configuration, {});
    const second = await openSession(configuration, {});
    expect(second.context).to.equal(first.context);
    first.close();
    await waitUntil('one session is left', async () => (await sessions()).length === 1);
    expect((await ask(`p@${first.context}`)).status).to.equal(200);
    second.close();
    await waitUntil('no session is left', async () => (await sessions()).length === 0);
    expect((await ask(`p@${first.context}`)).status).to.equal(404);
  });

  it('are refused when their key is missing, and leave nothing behind', async () => {
    const session = await openSession(await configurationFrom(profile('mine', 'api_key_env = "OTHER"\n')), {});
    expect(session.status).to.equal(401);
    expect(JSON.stringify(session.body)).to.contain('OTHER is not set');
    expect(await sessions()).to.deep.equal([]);
  });

  it('are shown in the status without a secret', async () => {
    await openSession(await configurationFrom(profile('mine', 'api_key = "hidden"\n')), { KEY: 'hidden-too' });
    expect(await sessions())
      .to.have.nested.property('[0]')
      .that.includes({ profile: 'p', pid: 1, folder: '/somewhere' });
    expect(await (await proxy.fetch('/status')).text()).not.to.contain('hidden');
  });

  it('are let go when the proxy stops', async () => {
    const session = await openSession(await configurationFrom(profile('mine')), {});
    expect(session.status).to.equal(200);
    await proxy.stop();
  });

  async function sessions(): Promise<unknown[]> {
    return ((await (await proxy.fetch('/status')).json()) as { sessions: unknown[] }).sessions;
  }
});
