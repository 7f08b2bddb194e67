import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { isClaudexError } from '../../src/errors/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { eventsOf, question, startTestProxy } from '../support/proxy.ts';
import { waitUntil } from '../support/wait-until.ts';

const CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n';
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

describe('stopping the proxy', () => {
  let upstream: Server;
  let url: string;
  let answers: ServerResponse[];

  beforeEach(async () => {
    answers = [];
    upstream = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(CHUNK);
      answers.push(response);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  });

  afterEach(() => {
    upstream.close();
    upstream.closeAllConnections();
  });

  const start = (drain: number) =>
    startTestProxy(
      `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "m"\n[timeouts]\ndrain_s = ${drain}\n`,
    );

  it('lets a running answer finish, and takes no new one', async () => {
    const proxy = await start(30);
    const response = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    const stopped = proxy.stop();
    answers[0]?.end(FINISH);
    expect(eventsOf(await response.text()).at(-1)?.type).to.equal('message_stop');
    await stopped;
    await proxy.stopped;
    expect(
      await proxy.fetch('/health').then(
        () => 'answered',
        () => 'refused',
      ),
    ).to.equal('refused');
  });

  it('ends an answer that takes too long with one error', async () => {
    const proxy = await start(1);
    const response = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    const stopped = proxy.stop();
    const events = eventsOf(await response.text());
    expect(events.at(-1)).to.have.nested.property('error.type', 'overloaded_error');
    expect(events.filter((event) => event.type === 'error')).to.have.length(1);
    await stopped;
  });

  it('does not wait for connections that carry no exchange', async () => {
    const proxy = await start(30);
    const open = [connect(proxy.port, '127.0.0.1'), connect(proxy.port, '127.0.0.1')];
    await Promise.all(open.map((socket) => once(socket, 'connect')));
    open[1]?.write('POST /proxy/p/v1/messages HTTP/1.1\r\nHost: 127');
    for (const socket of open) socket.on('error', () => {});
    await proxy.stop();
    for (const socket of open) socket.destroy();
  });

  it('is possible by its private route, with the token', async () => {
    const proxy = await start(1);
    expect((await fetch(`${proxy.url}/-/stop`, { method: 'POST' })).status).to.equal(401);
    expect((await proxy.fetch('/-/stop', { method: 'POST' })).status).to.equal(202);
    await proxy.stopped;
  });

  it('leaves the port to the next one at once', async () => {
    const proxy = await start(1);
    await proxy.stop();
    const again = createServer();
    again.listen(proxy.port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});

describe('a provider that brings its own upstream', () => {
  it('is started once, on the first request, and stopped with the proxy', async () => {
    const calls: string[] = [];
    const upstream = createServer((request, response) => {
      request.resume();
      calls.push(String(request.headers.authorization));
      response.end(JSON.stringify({ choices: [{ message: { content: 'own' }, finish_reason: 'stop' }] }));
    });
    const provider: Provider = {
      specVersion: 1,
      id: 'own',
      title: 'Own',
      protocol: 'openai-chat',
      models: { default: 'm' },
      async start() {
        calls.push('start');
        upstream.listen(0, '127.0.0.1');
        await once(upstream, 'listening');
        const { port } = upstream.address() as AddressInfo;
        return { baseUrl: `http://127.0.0.1:${port}`, credential: 'minted', stop: async () => void calls.push('stop') };
      },
    };
    const proxy = await startTestProxy('[[profiles]]\nname = "p"\nprovider = "own"\n', { providers: [provider] });
    expect(calls).to.deep.equal([]);
    await Promise.all([proxy.post('/proxy/p/v1/messages', question()), proxy.post('/proxy/p/v1/messages', question())]);
    await proxy.stop();
    upstream.close();
    upstream.closeAllConnections();
    expect(calls).to.deep.equal(['start', 'Bearer minted', 'Bearer minted', 'stop']);
  });

  it('may fail to start: the answer says why, and the next request tries again', async () => {
    let tries = 0;
    const provider: Provider = {
      specVersion: 1,
      id: 'own',
      title: 'Own',
      protocol: 'openai-chat',
      models: { default: 'm' },
      start: async () => {
        tries += 1;
        throw new Error('no luck');
      },
    };
    const proxy = await startTestProxy('[[profiles]]\nname = "p"\nprovider = "own"\n', { providers: [provider] });
    try {
      for (const expected of [1, 2]) {
        const response = await proxy.post('/proxy/p/v1/messages', question());
        expect(response.status).to.equal(500);
        expect(await response.text()).to.contain('no luck');
        expect(tries).to.equal(expected);
      }
    } finally {
      await proxy.stop();
    }
  });
});

describe('a proxy with proxy_max_streams', () => {
  it('refuses what is too much with 529, and serves again afterwards', async () => {
    const open: ServerResponse[] = [];
    const upstream = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(CHUNK);
      open.push(response);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const proxy = await startTestProxy(
      `proxy_max_streams = 1\n[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "m"\n`,
    );
    try {
      const first = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
      const second = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
      expect(second.status).to.equal(529);
      expect(second.headers.get('retry-after')).to.equal('1');
      open[0]?.end(FINISH);
      await first.text();
      await waitUntil('the first is settled', async () => {
        const third = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
        await third.body?.cancel();
        return third.status === 200;
      });
    } finally {
      for (const response of open) response.destroy();
      await proxy.stop();
      upstream.close();
    }
  });
});

describe('a proxy with proxy_idle_shutdown_s', () => {
  it('ends by itself when nobody asks it anything', async () => {
    const proxy = await startTestProxy('proxy_idle_shutdown_s = 1\n');
    await proxy.stopped;
  });

  it('goes on while it is used, and while a session is open', async () => {
    const proxy = await startTestProxy('proxy_idle_shutdown_s = 1\n', { providers: [] });
    const call = new AbortController();
    const session = await proxy.fetch('/-/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        profile: 'p',
        configuration: await configurationFrom(
          '[[profiles]]\nname = "p"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n',
        ),
      }),
      signal: call.signal,
    });
    expect(session.status).to.equal(200);
    let ended = false;
    void proxy.stopped.then(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(ended).to.equal(false);
    call.abort();
    await proxy.stopped;
  });
});

describe('starting the proxy', () => {
  it('says that its port is taken', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { startProxy } = await import('../../src/proxy/index.ts');
    const { loadedFrom } = await import('../support/configuration.ts');
    const { anthropicMessages } = await import('@claudex/plugin-protocol-anthropic-messages');
    const error: unknown = await startProxy({
      configuration: await loadedFrom(''),
      environment: {},
      registry: { protocols: new Map([[anthropicMessages.id, anthropicMessages]]), providers: new Map(), warnings: [] },
      token: 'x'.repeat(16),
      version: '0',
      host: '127.0.0.1',
      port: (other.address() as AddressInfo).port,
      log: () => undefined,
    }).catch((thrown: unknown) => thrown);
    other.close();
    expect(isClaudexError(error) && error.code).to.equal('port-taken');
  });
});
