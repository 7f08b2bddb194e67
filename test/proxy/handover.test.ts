import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { configurationFrom } from '../support/configuration.ts';
import { eventsOf, question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';
import { holdSession } from './support/held-session.ts';

const CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n';
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

describe('a proxy that hands over', () => {
  const answers: ServerResponse[] = [];
  const proxies: TestProxy[] = [];
  let upstream: TestServer;

  beforeEach(async () => {
    upstream = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(CHUNK);
      answers.push(response);
    });
  });
  afterEach(async () => {
    for (const answer of answers.splice(0)) answer.end(FINISH);
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
    await upstream.stop();
  });

  const toml = (model: string): string =>
    `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}"\ndefault_model = "${model}"\n`;
  async function start(more = '', port = 0): Promise<TestProxy> {
    const proxy = await startTestProxy(`${toml('m')}${more}`, { port });
    proxies.push(proxy);
    return proxy;
  }
  const handOver = (proxy: TestProxy): Promise<Response> => proxy.post('/-/stop', { handover: true });
  const ask = (proxy: TestProxy, address = 'p'): Promise<Response> =>
    proxy.post(`/proxy/${address}/v1/messages`, question({ stream: true }));
  const successorOf = ({ port }: TestProxy): Promise<TestProxy> =>
    waitUntil('the port to be free', () => start('', port).catch(() => false as const), 10_000);

  it('leaves the port to the next one and finishes its own answer long after drain_s', async () => {
    const old = await start('[timeouts]\ndrain_s = 0.05\n');
    const response = await ask(old);
    expect((await handOver(old)).status).to.equal(202);
    const next = await successorOf(old);
    const other = await ask(next);
    await pause(1_000);
    for (const answer of answers.splice(0)) answer.end(CHUNK + FINISH);
    for (const body of [await response.text(), await other.text()]) {
      const events = eventsOf(body);
      expect(events.filter(({ type }) => type === 'content_block_delta')).to.have.length(2);
      expect(events.at(-1)?.type).to.equal('message_stop');
    }
    await old.stopped;
    expect((await next.fetch('/health')).status).to.equal(200);
  });

  it('ends within drain_s after all when it is told to stop for good', async () => {
    const old = await start('[timeouts]\ndrain_s = 0.1\n');
    const response = await ask(old);
    await handOver(old);
    await pause(300);
    void old.stop();
    const errors = eventsOf(await response.text()).filter(({ type }) => type === 'error');
    expect(errors).to.have.length(1);
    expect(errors).to.have.nested.property('[0].error.type', 'overloaded_error');
    await old.stopped;
  });

  it('closes idle connections at once, also while answers run', async () => {
    const old = await start();
    const response = await ask(old);
    const idle = connect(old.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${old.port}\r\n\r\n`);
    await once(idle, 'data');
    const closed = once(idle.resume(), 'close');
    await handOver(old);
    await closed;
    answers[0]?.end(FINISH);
    expect(eventsOf(await response.text()).at(-1)?.type).to.equal('message_stop');
  });

  it('still serves the context of a session to a connection that was open before', async () => {
    const old = await start();
    const session = await holdSession(old, await configurationFrom(toml('other')), { keys: {} });
    const address = `p@${session.greeting.context}`;
    const running = await ask(old, address);
    const client = connect(old.port, '127.0.0.1');
    await once(client, 'connect');
    const body = JSON.stringify(question({ stream: true }));
    const head = [
      `POST /proxy/${address}/v1/messages HTTP/1.1`,
      `Host: 127.0.0.1:${old.port}`,
      'x-api-key: test-token-0123456789abcdef',
      'content-type: application/json',
      `content-length: ${body.length}`,
    ];
    client.write(`${head.slice(0, 2).join('\r\n')}\r\n`);
    await handOver(old);
    expect(await session.rest).to.equal('{"ended":"handover"}\n');
    client.write(`${head.slice(2).join('\r\n')}\r\n\r\n${body}`);
    await once(client, 'readable');
    expect(String(client.read()))
      .to.match(/^HTTP\/1\.1 200 /)
      .and.to.match(/\r\nconnection: close\r\n/i);
    for (const answer of answers.splice(0)) answer.end(FINISH);
    await running.text();
    client.destroy();
  });

  for (const [ending, body] of [
    ['handover', { handover: true }],
    ['stopped', {}],
  ] as const) {
    it(`tells its sessions in a last line that it ended: ${ending}`, async () => {
      const proxy = await start();
      const session = await holdSession(proxy, await configurationFrom(toml('m')), { keys: {} });
      await proxy.post('/-/stop', body);
      expect(await session.rest).to.equal(`{"ended":"${ending}"}\n`);
      await proxy.stopped;
    });
  }

  it('does not stop for a body that makes no sense', async () => {
    const proxy = await start();
    expect((await proxy.post('/-/stop', '[]')).status).to.equal(400);
    expect((await proxy.post('/-/stop', JSON.stringify({ pad: 'x'.repeat(5 * 1024 * 1024) }))).status).to.equal(413);
    expect((await proxy.fetch('/health')).status).to.equal(200);
  });

  it('is replaced by one that goes on while a session is open, and ends by itself afterwards', async () => {
    const old = await start('');
    await handOver(old);
    await old.stopped;
    const next = await startTestProxy(`proxy_idle_shutdown_s = 0.3\n${toml('m')}`, { port: old.port });
    const session = await holdSession(next, await configurationFrom(toml('m')), { keys: {}, context: null });
    await pause(1_000);
    expect((await next.fetch('/health')).status).to.equal(200);
    session.close();
    await next.stopped;
  });
});
