import { expect } from 'chai';
import { eventsOf, question, startTestProxy } from '../../support/proxy.ts';
import { scriptedProtocol } from '../../support/scripted-chat-protocol.ts';
import { serve } from '../../support/serve.ts';

const PATH = '/proxy/p/v1/messages';
const profile = (url: string): string =>
  `[[profiles]]\nname = "p"\nprovider_type = "Scripted"\nbase_url = "${url}"\ndefault_model = "m"\n`;
const FINISH = 'data: {"choices":[{"index":0,"delta":{"content":"all"},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}\n\n';

describe('an upstream that keeps its connection open after the answer', () => {
  for (const stream of [true, false]) {
    it(`does not keep the client waiting, ${stream ? 'streaming' : 'not streaming'}`, async () => {
      const closed = Promise.withResolvers<void>();
      await using upstream = await serve((_request, response) => {
        response.once('close', () => closed.resolve());
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(FINISH);
        // What comes within the time still counts.
        setTimeout(() => response.write(USAGE), 50);
      });
      await using proxy = await startTestProxy(profile(upstream.url), { protocols: [scriptedProtocol()] });
      const text = await (await proxy.post(PATH, question({ stream }))).text();
      expect(text).to.contain('"input_tokens":7').and.to.contain('"end_turn"');
      if (stream) expect(eventsOf(text).at(-1)?.type).to.equal('message_stop');
      await closed.promise;
    });
  }

  it('is read to its end where that comes in time', async () => {
    await using upstream = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(FINISH);
      setTimeout(() => response.end(`${USAGE}data: [DONE]\n\n`), 50);
    });
    await using proxy = await startTestProxy(profile(upstream.url), { protocols: [scriptedProtocol()] });
    const events = eventsOf(await (await proxy.post(PATH, question({ stream: true }))).text());
    expect(events.at(-1)?.type).to.equal('message_stop');
  });
});
