import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { question, startTestProxy, TOKEN, type TestProxy, withoutRepeats } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { configurationFrom } from '../support/configuration.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Secrets in every place that can hold one, none of which looks like a key. */
const CANARIES = {
  key: 'canary one of the profile',
  header: 'canary/two"of+a header',
  parameter: 'canary three of an address',
  variable: 'canary-four-of-a-variable',
  session: 'canary-five-of-a-session',
  started: 'canary-six-of-an-upstream',
  token: TOKEN,
};

describe('secrets that are quoted by others', () => {
  let proxy: TestProxy;
  let upstream: RecordingServer<ChatRequest>;
  const hung: AbortController[] = [];

  /** Says everything that it has been told, and more, in several spellings. */
  const chatter = Object.values(CANARIES)
    .flatMap((secret) => [secret, encodeURIComponent(secret), btoa(`x${secret}`), JSON.stringify(secret)])
    .join(' ');
  const profile = (key: string): string =>
    `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\n${key}\ndefault_model = "m"\n`;

  beforeEach(async () => {
    upstream = await startChatUpstream(() => ({ status: 500, body: { error: { message: chatter } } }));
    const talkative: Provider = {
      specVersion: 1,
      id: 'talkative',
      title: 'Talkative',
      protocol: 'openai-chat',
      models: { default: 'm' },
      start: async (io) => {
        setTimeout(() => io.log(chatter), 5);
        return { baseUrl: upstream.url, credential: CANARIES.started, stop: () => Promise.resolve() };
      },
    };
    const toml =
      `log_level = "trace"\n${profile(`api_key = '${CANARIES.key}'`)}` +
      `[profiles.custom_headers]\nX-Secret-Token = '${CANARIES.header}'\n[profiles.query_params]\nkey = '${CANARIES.parameter}'\n` +
      '[[profiles]]\nname = "talkative"\nprovider = "talkative"\n' +
      profile('api_key_env = "CANARY_KEY"').replace('"chat"', '"variable"');
    proxy = await startTestProxy(withoutRepeats(toml), {
      environment: { CANARY_KEY: CANARIES.variable },
      providers: [talkative],
    });
  });
  afterEach(async () => {
    for (const call of hung.splice(0)) call.abort();
    await proxy.stop();
    await upstream.close();
  });

  async function openSession(): Promise<string> {
    const call = new AbortController();
    hung.push(call);
    const configuration = await configurationFrom(withoutRepeats(profile('api_key_env = "SESSION_KEY"')));
    const response = await fetch(`${proxy.url}/-/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ profile: 'chat', configuration, keys: { SESSION_KEY: CANARIES.session } }),
      signal: call.signal,
    });
    const first = await response.body?.getReader().read();
    const { context } = JSON.parse(Buffer.from((first?.value as Uint8Array | undefined) ?? []).toString()) as {
      context: string;
    };
    return `chat@${context}`;
  }

  it('stand in no line of the log at any level, in no status and in no metric', async () => {
    const profiles = ['chat', 'variable', 'talkative', await openSession()];
    for (const name of profiles)
      for (const stream of [true, false])
        await (await proxy.post(`/proxy/${name}/v1/messages`, question({ stream }))).text();
    const isComplete = (): boolean =>
      proxy.log.some(({ event }) => event === 'provider') &&
      proxy.log.filter(({ event }) => event === 'exchange').length === 2 * profiles.length;
    await waitUntil('all lines of the log', isComplete);
    const seen = [proxy.log, await (await proxy.fetch('/status')).text(), await (await proxy.fetch('/metrics')).text()];
    const text = JSON.stringify(seen);
    expect(text).to.include('********');
    for (const [name, secret] of Object.entries(CANARIES)) {
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), btoa(`x${secret}`)])
        expect(text.includes(form), `${name} as ${form}`).to.equal(false);
    }
    expect(text).not.to.match(/canary/i);
  });
});
