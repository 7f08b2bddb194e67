import { expect } from 'chai';
import { eventsOf, question, startTestProxy } from '../support/proxy.ts';
import { serve } from '../support/serve.ts';

const PATH = '/proxy/chat/v1/messages';
const SSE = { 'content-type': 'text/event-stream' };

const profileOf = (url: string, more = ''): string =>
  `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "m"\n${more}`;

/** The text of a body so far, again with every piece that arrives. */
async function* growing(response: Response): AsyncGenerator<string> {
  let text = '';
  for await (const piece of response.body ?? []) yield (text += Buffer.from(piece).toString());
}

describe('an upstream that behaves strangely', () => {
  it('closes the call to the upstream when the client goes away', async () => {
    const closed = Promise.withResolvers<void>();
    await using upstream = await serve((_request, response) => {
      response.once('close', () => closed.resolve());
      response.writeHead(200, SSE);
      response.write('data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n');
    });
    await using proxy = await startTestProxy(profileOf(upstream.url));
    const response = await proxy.post(PATH, question({ stream: true }));
    for await (const text of growing(response)) if (text.includes('hello')) break;
    await closed.promise;
  });

  it('takes an answer for complete once it has said why it ended, however its connection ends', async () => {
    await using upstream = await serve((_request, response) => {
      response.writeHead(200, SSE);
      response.write('data: {"choices":[{"index":0,"delta":{"content":"all"},"finish_reason":"stop"}]}\n\n', () =>
        response.socket?.resetAndDestroy(),
      );
    });
    await using proxy = await startTestProxy(profileOf(upstream.url));
    const events = eventsOf(await (await proxy.post(PATH, question({ stream: true }))).text());
    expect(events.at(-1)?.type).to.equal('message_stop');
    expect(events.map((event) => event.type)).not.to.include('error');
  });

  it('pings a client that hears nothing while the provider sends what says nothing', async () => {
    await using upstream = await serve((_request, response) => {
      response.writeHead(200, SSE);
      const timer = setInterval(() => response.write(': PROCESSING\n\n'), 20);
      response.once('close', () => clearInterval(timer));
    });
    await using proxy = await startTestProxy(profileOf(upstream.url, '[profiles.timeouts]\nping_s = 0.3\n'));
    const response = await proxy.post(PATH, question({ stream: true }));
    const text = growing(response);
    expect((await text.next()).value).to.match(/^event: ping\n/);
    await text.return(undefined);
  });

  it('makes a stream of JSON that is labelled as one, and of a stream that is labelled as something else', async () => {
    const completion = { choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] };
    const chunks =
      'data: {"choices":[{"index":0,"delta":{"content":"whole"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    for (const [type, body] of [
      ['text/event-stream', JSON.stringify(completion)],
      ['text/plain', `\n\n${chunks}`],
      ['application/json', chunks],
    ] as const) {
      await using upstream = await serve((_request, response) => {
        response.writeHead(200, { 'content-type': type });
        for (const letter of body) response.write(letter);
        response.end();
      });
      await using proxy = await startTestProxy(profileOf(upstream.url));
      const text = await (await proxy.post(PATH, question({ stream: true }))).text();
      expect(text, type).to.include('"text":"whole"').and.to.include('message_stop');
    }
  });

  it('gives a client that wants a whole answer one it can read, however deep the arguments of a call are nested', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const call = { index: 0, id: 'a', function: { name: 'Read', arguments: deep } };
    const choice = { index: 0, delta: { tool_calls: [call] }, finish_reason: 'tool_calls' };
    const completion = { choices: [{ message: { tool_calls: [call] }, finish_reason: 'tool_calls' }] };
    for (const body of [`data: ${JSON.stringify({ choices: [choice] })}\n\n`, JSON.stringify(completion)]) {
      await using upstream = await serve((_request, response) => {
        response.writeHead(200, body.startsWith('{') ? { 'content-type': 'application/json' } : SSE);
        response.end(body);
      });
      await using proxy = await startTestProxy(profileOf(upstream.url));
      const response = await proxy.post(PATH, question());
      expect(response.status).to.equal(200);
      const { content } = (await response.json()) as { content: unknown[] };
      expect(content).to.have.lengthOf(1);
      expect(content[0]).to.deep.include({ name: 'Read', input: { unparsed_arguments: deep } });
    }
  });

  it('keeps a silent connection alive with pings, and still ends it with one error', async () => {
    let cut = (): void => {};
    await using upstream = await serve((_request, response) => {
      cut = () => response.destroy();
      response.writeHead(200, SSE);
      response.write(': thinking\n\n');
    });
    await using proxy = await startTestProxy(profileOf(upstream.url, '[profiles.timeouts]\nping_s = 0.3\n'));
    const response = await proxy.post(PATH, question({ stream: true }));
    expect(response.status).to.equal(200);
    let whole = '';
    for await (const text of growing(response)) {
      whole = text;
      if (text.includes('event: ping')) cut();
    }
    expect(
      eventsOf(whole)
        .map((event) => event.type)
        .join(),
    ).to.match(/^ping(,ping)*,error$/);
  });
});
