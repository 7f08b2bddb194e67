import { expect } from 'chai';
import type { RecordingServer } from '../support/recording-server.ts';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';

/** How Claude Code asks after `/model` offered what `GET /v1/models` listed. */
describe('a listed id that names another profile', () => {
  let upstreams: readonly [RecordingServer<ChatRequest>, RecordingServer<ChatRequest>];
  let proxy: TestProxy;

  beforeEach(async () => {
    upstreams = [await startChatUpstream(() => ({ text: 'of a' })), await startChatUpstream(() => ({ text: 'of b' }))];
    const [a, b] = upstreams;
    proxy = await startTestProxy(
      [
        profile('a', a.url, ''),
        profile('b', b.url, ''),
        profile('off', b.url, 'enabled = false'),
        profile('keyless', b.url, 'api_key_env = "UNSET"'),
      ].join('\n'),
    );
  });
  afterEach(async () => {
    await proxy.stop();
    await Promise.all(upstreams.map((upstream) => upstream.close()));
  });

  const ask = (model: string, more: object = {}): Promise<Response> =>
    proxy.post('/proxy/a/v1/messages', question({ model, ...more }));
  const asked = (): (readonly string[])[] => upstreams.map(({ requests }) => requests.map(({ body }) => body.model));

  it('goes to that profile, with the model alone', async () => {
    const answer = await ask('claude-via-b/b-small');
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('x-claudex-profile')).to.equal('b');
    expect(await answer.json()).to.have.nested.property('content[0].text', 'of b');
    expect(asked()).to.deep.equal([[], ['b-small']]);
  });

  it('stays where it is when it names the profile of the address', async () => {
    expect((await ask('claude-via-a/a-small')).headers.get('x-claudex-profile')).to.equal('a');
    expect(asked()).to.deep.equal([['a-small'], []]);
  });

  for (const [what, model] of [
    ['is disabled', 'claude-via-off/off-small'],
    ['has no key here', 'claude-via-keyless/keyless-small'],
    ['does not exist', 'claude-via-nobody/x'],
  ] as const) {
    it(`is served by the profile of the address when the other one ${what}`, async () => {
      const answer = await ask(model);
      expect([answer.status, answer.headers.get('x-claudex-profile')]).to.deep.equal([200, 'a']);
      expect(asked()).to.deep.equal([['a-big'], []]);
    });
  }

  it('changes nothing when it stands only in the text', async () => {
    await ask('a-small', { messages: [{ role: 'user', content: 'what is claude-via-b/b-small?' }] });
    expect(asked()).to.deep.equal([['a-small'], []]);
  });

  it('is what the list offers, so that every model of the list can be asked for', async () => {
    const { data } = (await (await proxy.fetch('/v1/models')).json()) as { data: { id: string }[] };
    const shown = data.map(({ id }) => id).filter((id) => id.startsWith('claude-via-') && !id.includes('keyless'));
    expect(shown).to.deep.equal([
      'claude-via-a/a-big',
      'claude-via-a/a-small',
      'claude-via-b/b-big',
      'claude-via-b/b-small',
    ]);
    for (const id of shown) expect((await ask(id)).status).to.equal(200);
    expect(asked()).to.deep.equal([
      ['a-big', 'a-small'],
      ['b-big', 'b-small'],
    ]);
  });

  it('counts tokens there, too', async () => {
    const count = await proxy.post('/proxy/a/v1/messages/count_tokens', question({ model: 'claude-via-b/b-small' }));
    expect(count.status).to.equal(200);
    expect(await count.json())
      .to.have.property('input_tokens')
      .that.is.greaterThan(0);
  });
});

function profile(name: string, url: string, more: string): string {
  return `[[profiles]]
name = "${name}"
provider_type = "OpenAICompatible"
base_url = "${url}/v1"
default_model = "${name}-big"
models = { haiku = "${name}-small" }
${more}
`;
}
