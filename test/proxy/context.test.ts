import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { scriptedProtocol, type ScriptedProtocol } from '../support/scripted-chat-protocol.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

const PATH = '/proxy/p/v1/messages';

describe('what codecs are told', () => {
  let upstream: RecordingServer<ChatRequest>;
  let protocol: ScriptedProtocol;
  let proxy: TestProxy | undefined;

  beforeEach(async () => {
    upstream = await startChatUpstream(() => ({ text: 'Hello.' }));
    protocol = scriptedProtocol();
  });

  afterEach(async () => {
    await proxy?.stop();
    await upstream.close();
  });

  const own = (more = ''): string =>
    `[[profiles]]\nname = "p"\nprovider_type = "Scripted"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n${more}`;

  async function contextOf(toml: string, body: object = question(), headers = {}, providers: readonly Provider[] = []) {
    proxy = await startTestProxy(toml, { protocols: [protocol], providers });
    expect((await proxy.post(PATH, body, headers)).status).to.equal(200);
    const context = protocol.encoded[0];
    if (!context) throw new Error('nothing was encoded');
    // A decoder lives as long as its stream, and is given no texts.
    expect(protocol.decoded[0]).to.deep.equal({ ...context, request: { ...context.request, messages: [] } });
    return context;
  }

  it('is the address as origin, and nothing else, where nothing is known', async () => {
    const context = await contextOf(own());
    expect(context.origin).to.equal(`${upstream.url}/v1`);
    expect(context).not.to.have.any.keys('facts', 'session', 'quarantinedTools');
  });

  it('is the id of a named provider as origin, with what it knows of the model', async () => {
    const provider: Provider = {
      specVersion: 1,
      id: 'vendor',
      title: 'Vendor',
      protocol: 'scripted',
      models: { default: 'm' },
      knownModels: [{ id: 'm', maxOutputTokens: 4_000, quirks: { minTemperature: 1 } }],
      quirks: { minTemperature: 0, topK: true },
    };
    const toml = `[[profiles]]\nname = "p"\nprovider = "vendor"\nbase_url = "${upstream.url}/v1"\ncontext_window = 50_000\n[profiles.quirks]\ntopK = false\n`;
    const context = await contextOf(toml, question(), {}, [provider]);
    expect(context.origin).to.equal('vendor');
    expect(context.facts).to.include({ contextWindow: 50_000, maxOutputTokens: 4_000 });
    expect(context.quirks).to.deep.equal({ minTemperature: 1, topK: false });
  });

  it('is a name for the session, whose own id goes nowhere', async () => {
    const context = await contextOf(own(), question(), { 'x-claude-code-session-id': 'raw-session' });
    expect(context.session).to.match(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(upstream.requests)).not.to.contain('raw-session');
  });

  it('is the effort of the profile in the place of every other, recorded where another was asked for', async () => {
    const body = question({
      output_config: { effort: 'low', format: { type: 'x' } },
      messages: [
        { role: 'system', content: 'Short.', output_config: { effort: 'max' } },
        { role: 'user', content: 'hello' },
      ],
    });
    const { request } = await contextOf(own('effort = "high"\n'), body);
    expect(request.output_config).to.deep.equal({ effort: 'high', format: { type: 'x' } });
    expect(request.messages[0]?.output_config).to.deep.equal({ effort: 'high' });
    await waitUntil('a line in the log', () => proxy?.log.some((line) => line.event === 'exchange') === true);
    const line = proxy?.log.find((entry) => entry.event === 'exchange');
    expect(line).to.have.nested.property('losses.effort').that.is.at.least(1);
  });

  it('is the effort of the profile without a word where the client asked for none', async () => {
    const { request } = await contextOf(own('effort = "high"\n'));
    expect(request.output_config).to.deep.equal({ effort: 'high' });
  });
});
