import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { eventsOf, question, startTestProxy } from '../support/proxy.ts';

const PATH = '/proxy/chat/v1/messages';

const profileOf = (url: string, more = ''): string =>
  `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "m"\n${more}`;

describe('an upstream that behaves strangely', () => {
  it('closes the call to the upstream when the client goes away', async () => {
    const closed = Promise.withResolvers<void>();
    const server = createServer((request, response) => {
      response.once('close', () => closed.resolve());
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const other = await startTestProxy(profileOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    try {
      const call = new AbortController();
      const response = await fetch(`${other.url}${PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'test-token-0123456789abcdef' },
        body: JSON.stringify(question({ stream: true })),
        signal: call.signal,
      });
      await response.body?.getReader().read();
      call.abort();
      await closed.promise;
    } finally {
      await other.stop();
      server.close();
      server.closeAllConnections();
    }
  });

  it('takes an answer for complete once it has said why it ended, however its connection ends', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"all"},"finish_reason":"stop"}]}\n\n', () =>
        request.socket.resetAndDestroy(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const other = await startTestProxy(profileOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    try {
      const events = eventsOf(await (await other.post(PATH, question({ stream: true }))).text());
      expect(events.at(-1)?.type).to.equal('message_stop');
      expect(events.map((event) => event.type)).not.to.include('error');
    } finally {
      await other.stop();
      server.close();
    }
  });

  it('pings a client that hears nothing while the provider sends what says nothing', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(': PROCESSING\n\n'), 100);
      response.once('close', () => clearInterval(timer));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = (server.address() as AddressInfo).port;
    const other = await startTestProxy(profileOf(`http://127.0.0.1:${port}`, '[profiles.timeouts]\nping_s = 1\n'));
    try {
      const call = new AbortController();
      const response = await fetch(`${other.url}${PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'test-token-0123456789abcdef' },
        body: JSON.stringify(question({ stream: true })),
        signal: call.signal,
      });
      const first = await response.body?.getReader().read();
      expect(Buffer.from((first?.value as Uint8Array | undefined) ?? []).toString()).to.match(/^event: ping\n/);
      call.abort();
    } finally {
      await other.stop();
      server.close();
      server.closeAllConnections();
    }
  });

  it('makes a stream of JSON that is labelled as one, and of a stream that is labelled as something else', async () => {
    const completion = { choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] };
    const chunks =
      'data: {"choices":[{"index":0,"delta":{"content":"whole"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const bodies = [
      ['text/event-stream', JSON.stringify(completion)],
      ['text/plain', `\n\n${chunks}`],
      ['application/json', chunks],
    ] as const;
    const server = createServer((request, response) => {
      request.resume();
      const [type, body] = bodies[Number(request.headers['x-body'] ?? 0)] ?? bodies[0];
      response.writeHead(200, { 'content-type': type });
      for (const letter of body) response.write(letter);
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = (server.address() as AddressInfo).port;
    try {
      for (const [index, [type]] of bodies.entries()) {
        const other = await startTestProxy(
          profileOf(`http://127.0.0.1:${port}`, `[profiles.custom_headers]\nX-Body = "${index}"\n`),
        );
        const text = await (await other.post(PATH, question({ stream: true }))).text();
        await other.stop();
        expect(text, type).to.include('"text":"whole"').and.to.include('message_stop');
      }
    } finally {
      server.close();
    }
  });

  it('keeps a silent connection alive with pings, and still ends it with one error', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': thinking\n\n');
      setTimeout(() => response.destroy(), 1_500);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const other = await startTestProxy(
      profileOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, '[profiles.timeouts]\nping_s = 1\n'),
    );
    try {
      const response = await other.post(PATH, question({ stream: true }));
      expect(response.status).to.equal(200);
      expect(eventsOf(await response.text()).map((event) => event.type)).to.deep.equal(['ping', 'error']);
    } finally {
      await other.stop();
      server.close();
    }
  });
});
