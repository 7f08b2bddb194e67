import { expect } from 'chai';
import { configurationFrom } from '../support/configuration.ts';
import { question, startTestProxy, withoutRepeats, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { holdSession } from './support/held-session.ts';

describe('the address "auto"', () => {
  let upstream: RecordingServer<ChatRequest>;
  beforeEach(async () => {
    upstream = await startChatUpstream((body) => ({ text: `I am ${body.model}` }));
  });
  afterEach(() => upstream.close());

  const profile = (name: string, more = ''): string =>
    `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "model-of-${name}"\n${more}\n`;
  const configured = (router: string): string => `${router}${profile('a')}${profile('b')}`;
  const ON = '[router]\nenabled = true\nprofile = "a"\nrules = { default = "b" }\n';

  async function servedBy(proxy: TestProxy, path: string, model = 'opus'): Promise<string | null> {
    const response = await proxy.post(path, question({ model }));
    expect(response.status).to.equal(200);
    await response.text();
    return response.headers.get('x-claudex-profile');
  }

  it('leads to the rule "default" while the router is on; a request without an address goes to the default profile', async () => {
    await using proxy = await startTestProxy(configured(ON));
    expect(await servedBy(proxy, '/proxy/auto/v1/messages')).to.equal('b');
    expect(await servedBy(proxy, '/v1/messages')).to.equal('a');
    expect(upstream.requests.map(({ body }) => body.model)).to.deep.equal(['model-of-b', 'model-of-a']);
  });

  it('leads to the default profile while the router is off', async () => {
    await using proxy = await startTestProxy(configured(ON.replace('true', 'false')));
    expect(await servedBy(proxy, '/proxy/auto/v1/messages')).to.equal('a');
  });

  it('honours a model of any enabled profile', async () => {
    await using proxy = await startTestProxy(configured(ON));
    expect(await servedBy(proxy, '/proxy/auto/v1/messages', 'claude-via-a/other')).to.equal('a');
    expect(upstream.requests.at(-1)?.body.model).to.equal('other');
  });

  it('says what to do when no profile is enabled', async () => {
    await using proxy = await startTestProxy(profile('off', 'enabled = false'));
    const response = await proxy.post('/proxy/auto/v1/messages', question());
    expect(response.status).to.be.within(400, 599);
    expect(await response.text()).to.include('no profile is enabled');
  });

  it('needs a context of its own only for a session to which it means something else', async () => {
    await using proxy = await startTestProxy(configured(ON));
    const open = async (toml: string) =>
      holdSession(proxy, await configurationFrom(withoutRepeats(toml)), { profile: 'auto', id: '0123456789abcdef' });
    const same = await open(configured(ON));
    expect(same.greeting).to.deep.equal({ profile: 'auto', context: null });
    const other = await open(configured(ON.replace('"b"', '"a"')));
    expect(other.greeting.context).to.match(/^[0-9a-f]{16}$/);
    expect(await servedBy(proxy, `/proxy/auto@${other.greeting.context}/v1/messages`)).to.equal('a');
    const none = await open(profile('off', 'enabled = false'));
    expect(none.greeting.error?.message).to.include('no profile is enabled');
    for (const session of [same, other, none]) session.close();
  });
});
