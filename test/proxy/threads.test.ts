import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';

const anthropic: Provider = {
  specVersion: 1,
  id: 'anthropic',
  title: 'Anthropic',
  protocol: 'anthropic-messages',
  models: { default: 'm' },
};
const CONTINUED = { type: 'continue', previous_message_id: 'msg_1' };

describe('a request in a thread of the vendor', () => {
  let upstream: RecordingServer<MessagesRequest>;
  let proxy: TestProxy;

  beforeEach(async () => {
    upstream = await startAnthropicUpstream(() => []);
    const profile = (name: string, more: string): string =>
      `[[profiles]]\nname = "${name}"\nbase_url = "${upstream.url}"\napi_key = "k"\ndefault_model = "m"\n${more}`;
    proxy = await startTestProxy(
      profile('vendor', 'provider = "anthropic"\n') +
        profile('imitator', '') +
        profile('chat', 'provider_type = "OpenAICompatible"\n'),
      { providers: [anthropic] },
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  for (const name of ['chat', 'imitator']) {
    it(`is refused for ${name} in the words on which the SDK sends the whole history`, async () => {
      for (const thread of [{ type: 'create' }, CONTINUED]) {
        const response = await proxy.post(`/proxy/${name}/v1/messages`, question({ thread }));
        expect(response.status).to.equal(400);
        const { error } = (await response.json()) as { error: { type: string; details: unknown } };
        expect(error.type).to.equal('invalid_request_error');
        expect(error.details).to.deep.equal({ error_code: 'thread_unsupported_request', unsupported: ['threads'] });
      }
      expect(upstream.requests).to.deep.equal([]);
    });
  }

  it('is left to the vendor itself', async () => {
    const raw = JSON.stringify(question({ thread: CONTINUED }));
    expect((await proxy.post('/proxy/vendor/v1/messages', raw)).status).to.equal(200);
    expect(upstream.requests[0]?.raw).to.equal(raw);
  });

  it('is no thread when it says so', async () => {
    for (const thread of [false, null]) {
      expect((await proxy.post('/proxy/imitator/v1/messages', question({ thread }))).status).to.equal(200);
    }
  });
});
