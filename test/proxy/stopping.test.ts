import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { configurationFrom } from '../support/configuration.ts';
import { listen } from '../support/listen.ts';
import { eventsOf, question, startTestProxy, TOKEN, type TestProxy } from '../support/proxy.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';

const CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n';
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

const profileOf = (url: string): string =>
  `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}"\ndefault_model = "m"\n`;

/** An upstream whose answers begin and do not end by themselves. */
async function serveUnfinished(): Promise<TestServer & { readonly answers: ServerResponse[] }> {
  const answers: ServerResponse[] = [];
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(CHUNK);
    answers.push(response);
  });
  return { ...server, answers };
}

describe('stopping the proxy', () => {
  let upstream: Awaited<ReturnType<typeof serveUnfinished>>;
  beforeEach(async () => (upstream = await serveUnfinished()));
  afterEach(() => upstream.stop());

  const start = (drain: number): Promise<TestProxy> =>
    startTestProxy(`${profileOf(upstream.url)}[timeouts]\ndrain_s = ${drain}\n`);

  it('lets a running answer finish, and takes no new one', async () => {
    const proxy = await start(30);
    const response = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    const stopped = proxy.stop();
    upstream.answers[0]?.end(FINISH);
    expect(eventsOf(await response.text()).at(-1)?.type).to.equal('message_stop');
    await stopped;
    await proxy.stopped;
    const [health] = await Promise.allSettled([proxy.fetch('/health')]);
    expect(health.status).to.equal('rejected');
  });

  it('ends an answer that takes too long with one error', async () => {
    const proxy = await start(0.1);
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
    expect(await listen(again, proxy.port)).to.equal(proxy.port);
    again.close();
  });
});

describe('a provider that brings its own upstream', () => {
  const providerThat = (start: NonNullable<Provider['start']>): Provider => ({
    specVersion: 1,
    id: 'own',
    title: 'Own',
    protocol: 'openai-chat',
    models: { default: 'm' },
    start,
  });
  const startWith = (provider: Provider): Promise<TestProxy> =>
    startTestProxy('[[profiles]]\nname = "p"\nprovider = "own"\n', { providers: [provider] });

  it('is started once, on the first request, and stopped with the proxy', async () => {
    const calls: string[] = [];
    await using upstream = await serve((request, response) => {
      calls.push(String(request.headers.authorization));
      response.end(JSON.stringify({ choices: [{ message: { content: 'own' }, finish_reason: 'stop' }] }));
    });
    const provider = providerThat(async () => {
      calls.push('start');
      return { baseUrl: upstream.url, credential: 'minted', stop: async () => void calls.push('stop') };
    });
    const proxy = await startWith(provider);
    expect(calls).to.deep.equal([]);
    await Promise.all([proxy.post('/proxy/p/v1/messages', question()), proxy.post('/proxy/p/v1/messages', question())]);
    await proxy.stop();
    expect(calls).to.deep.equal(['start', 'Bearer minted', 'Bearer minted', 'stop']);
  });

  it('may start while its client goes away, which ends nothing and is counted nowhere', async () => {
    const starting = Promise.withResolvers<void>();
    const mayStart = Promise.withResolvers<void>();
    const provider: Provider = {
      specVersion: 1,
      id: 'own',
      title: 'Own',
      protocol: 'openai-chat',
      models: { default: 'm' },
      async start() {
        starting.resolve();
        await mayStart.promise;
        return { baseUrl: 'http://127.0.0.1:9', credential: 'minted', stop: async () => undefined };
      },
    };
    await using proxy = await startTestProxy('[[profiles]]\nname = "p"\nprovider = "own"\n', { providers: [provider] });
    const call = new AbortController();
    const asked = fetch(`${proxy.url}/proxy/p/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': TOKEN },
      body: JSON.stringify(question()),
      signal: call.signal,
    }).catch(() => 'gone');
    await starting.promise;
    call.abort();
    expect(await asked).to.equal('gone');
    const active = async (): Promise<number> =>
      ((await (await proxy.fetch('/status')).json()) as { profiles: { p: { active: number } } }).profiles.p.active;
    await waitUntil('nothing is active', async () => (await active()) === 0);
    mayStart.resolve();
    expect((await proxy.post('/proxy/p/v1/messages', question())).status).to.equal(502);
    await waitUntil('nothing is active again', async () => (await active()) === 0);
  });

  it('may break in the middle of a request: the client learns that it is our fault, and the log why', async () => {
    const provider: Provider = {
      specVersion: 1,
      id: 'own',
      title: 'Own',
      protocol: 'openai-chat',
      models: { default: 'm' },
      baseUrl: 'http://127.0.0.1:9',
      endpoint() {
        throw new Error('a bug of the plugin');
      },
    };
    await using proxy = await startTestProxy('[[profiles]]\nname = "p"\nprovider = "own"\n', { providers: [provider] });
    const response = await proxy.post('/proxy/p/v1/messages', question());
    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('api_error')
      .and.not.include('a bug of the plugin');
    const bug = proxy.log.find((line) => line.event === 'bug');
    expect(bug?.['error']).to.include('a bug of the plugin');
    expect(bug?.['request_id']).to.equal(response.headers.get('request-id'));
  });

  it('is not blamed when a client hangs up while it sends', async () => {
    await using proxy = await startTestProxy(
      '[[profiles]]\nname = "p"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n',
    );
    const socket = connect(proxy.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `POST /proxy/p/v1/messages HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nx-api-key: ${TOKEN}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"model":`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await once(socket, 'close');
    // A request after it proves that the proxy has dealt with the one before.
    expect((await proxy.fetch('/status')).status).to.equal(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(proxy.log.filter((line) => line.event === 'bug')).to.deep.equal([]);
  });

  it('may fail to start: the answer says why, and the next request tries again', async () => {
    let tries = 0;
    const provider = providerThat(async () => {
      tries += 1;
      throw new Error('no luck');
    });
    await using proxy = await startWith(provider);
    for (const expected of [1, 2]) {
      const response = await proxy.post('/proxy/p/v1/messages', question());
      expect(response.status).to.equal(500);
      expect(await response.text()).to.contain('no luck');
      expect(tries).to.equal(expected);
    }
  });
});

describe('a proxy with proxy_max_streams', () => {
  it('refuses what is too much with 529, and serves again afterwards', async () => {
    await using upstream = await serveUnfinished();
    await using proxy = await startTestProxy(
      `proxy_max_streams = 1\n${profileOf(upstream.url)}[timeouts]\ndrain_s = 0.1\n`,
    );
    const first = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    const second = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    expect(second.status).to.equal(529);
    expect(second.headers.get('retry-after')).to.equal('1');
    upstream.answers[0]?.end(FINISH);
    await first.text();
    await waitUntil('the first is settled', async () => {
      const third = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
      await third.body?.cancel();
      return third.status === 200;
    });
  });
});

describe('a proxy with proxy_idle_shutdown_s', () => {
  it('ends by itself when nobody asks it anything', async () => {
    const proxy = await startTestProxy('proxy_idle_shutdown_s = 0.1\n');
    await proxy.stopped;
  });

  it('goes on while a session is open', async () => {
    const configuration = await configurationFrom(profileOf('http://127.0.0.1:9'));
    const proxy = await startTestProxy('proxy_idle_shutdown_s = 0.5\n');
    const call = new AbortController();
    const session = await proxy.fetch('/-/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ profile: 'p', configuration }),
      signal: call.signal,
    });
    expect(session.status).to.equal(200);
    await pause(1_000);
    expect((await proxy.fetch('/health')).status).to.equal(200);
    call.abort();
    await proxy.stopped;
  });

  it('goes on while an answer runs', async () => {
    await using upstream = await serveUnfinished();
    const proxy = await startTestProxy(`proxy_idle_shutdown_s = 0.5\n${profileOf(upstream.url)}`);
    const response = await proxy.post('/proxy/p/v1/messages', question({ stream: true }));
    await pause(1_000);
    expect((await proxy.fetch('/health')).status).to.equal(200);
    upstream.answers[0]?.end(FINISH);
    expect(eventsOf(await response.text()).at(-1)?.type).to.equal('message_stop');
    await proxy.stopped;
  });
});

describe('starting the proxy', () => {
  it('says that its port is taken', async () => {
    await using other = await serve(() => undefined);
    expect(await refusalOf(startTestProxy('', { port: other.port }))).to.have.property('code', 'port-taken');
  });
});
