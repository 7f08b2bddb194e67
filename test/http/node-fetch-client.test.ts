import { once } from 'node:events';
import { createServer as createRawServer, type Server as RawServer } from 'node:net';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { createUpstreamClient, UpstreamError, type HttpLimits, type UpstreamClient } from '../../src/http/index.ts';
import { listen } from '../support/listen.ts';

const LIMITS: HttpLimits = { connectMs: 5_000, firstByteMs: 5_000, idleMs: 5_000 };

describe('the client for upstreams', () => {
  let client: UpstreamClient;
  let open: (Server | RawServer)[];

  beforeEach(() => {
    client = createUpstreamClient({});
    open = [];
  });

  afterEach(() => {
    client.close();
    for (const server of open) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    return urlOf(createServer(listener));
  }

  async function urlOf(server: Server | RawServer): Promise<string> {
    open.push(server);
    return `http://127.0.0.1:${await listen(server)}`;
  }

  async function errorOf(work: Promise<unknown>): Promise<UpstreamError> {
    try {
      await work;
    } catch (error) {
      if (error instanceof UpstreamError) return error;
      throw error;
    }
    throw new Error('nothing was thrown');
  }

  const get = (url: string, limits = LIMITS, signal = new AbortController().signal) =>
    client.send({ method: 'GET', url, headers: {} }, limits, signal);

  it('sends method, headers and body, and gives status, headers and body', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        response.writeHead(201, {
          'x-seen': `${request.method} ${String(request.headers['x-a'])} ${request.headers['accept-encoding']} ${body}`,
        });
        response.end('answer');
      });
    });
    const response = await client.send(
      { method: 'POST', url, headers: { 'x-a': '1' }, body: 'question' },
      LIMITS,
      new AbortController().signal,
    );
    expect(response.status).to.equal(201);
    expect(response.headers['x-seen']).to.equal('POST 1 identity question');
    expect(await response.text(100)).to.equal('answer');
  });

  it('reads no more of a body than asked for', async () => {
    const url = await serve((_request, response) => {
      response.write('0123456789'.repeat(1000));
    });
    expect(await (await get(url)).text(15)).to.equal('012345678901234');
  });

  it('never follows a redirect, because the key would travel along', async () => {
    let followed = false;
    const target = await serve((_request, response) => {
      followed = true;
      response.end();
    });
    const url = await serve((_request, response) => {
      response.writeHead(307, { location: target });
      response.end();
    });
    expect((await errorOf(get(url))).kind).to.equal('refused-redirect');
    expect(followed).to.equal(false);
  });

  it('says that nothing listens', async () => {
    const server = createServer();
    const url = await urlOf(server);
    server.close();
    await once(server, 'close');
    const error = await errorOf(get(`${url}/?key=secret`));
    expect(error.kind).to.equal('connection');
    expect(error.message).to.contain(url).and.contain('ECONNREFUSED').and.not.contain('secret');
  });

  it('gives up when no answer begins in time', async () => {
    const url = await serve(() => undefined);
    const error = await errorOf(get(url, { ...LIMITS, firstByteMs: 50 }));
    expect(error.kind).to.equal('timeout');
    expect(error.message).to.contain('no answer within 0.05 s');
  });

  it('gives up when the body falls silent', async () => {
    const url = await serve((_request, response) => {
      response.write('begin');
    });
    const response = await get(url, { ...LIMITS, idleMs: 50 });
    const error = await errorOf(response.text(100));
    expect(error.kind).to.equal('timeout');
    expect(error.message).to.contain('silent for 0.05 s');
  });

  it('does not count the time that its own reader takes', async () => {
    let finish = (): void => {};
    const url = await serve((_request, response) => {
      finish = () => response.end('b');
      response.write('a');
    });
    const response = await get(url, { ...LIMITS, idleMs: 500 });
    let seen = '';
    for await (const piece of response.body) {
      seen += Buffer.from(piece).toString();
      if (seen !== 'a') continue;
      await pause(700);
      // Arrives after the limit has passed, and at once after the reader is back.
      finish();
    }
    expect(seen).to.equal('ab');
  });

  it('reports a body that is cut', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect((await errorOf((await get(url)).text(100))).kind).to.equal('connection');
  });

  it('reports an answer that is not HTTP', async () => {
    const url = await urlOf(createRawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect((await errorOf(get(url))).kind).to.equal('connection');
  });

  it('stops at once when its caller gives up, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    const call = new AbortController();
    const response = await get(url, LIMITS, call.signal);
    const reading = errorOf(response.text(100));
    call.abort();
    expect((await reading).kind).to.equal('aborted');
    await closed.promise;
  });

  it('does not even begin when its caller has given up before', async () => {
    let asked = false;
    const url = await serve((_request, response) => {
      asked = true;
      response.end();
    });
    const request = { method: 'POST', url, headers: {}, body: Buffer.from('question') } as const;
    expect((await errorOf(client.send(request, LIMITS, AbortSignal.abort()))).kind).to.equal('aborted');
    // An error that nobody listens to would end this process before the next turn is over.
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).to.equal(false);
  });

  it('closes the connection when its answer is cancelled', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    (await get(url)).cancel();
    await closed.promise;
  });

  it('gives up a proxy of the environment that takes a connection and says nothing, and its socket', async () => {
    const closed = Promise.withResolvers<void>();
    const silent = await urlOf(
      createRawServer((socket) => {
        socket
          .resume()
          .on('error', () => {})
          .once('close', () => closed.resolve());
      }),
    );
    const before = process.env['HTTPS_PROXY'];
    // The library that finds the proxy for an address reads the process's own environment.
    process.env['HTTPS_PROXY'] = silent;
    const proxied = createUpstreamClient(process.env);
    try {
      const request = { method: 'GET', url: 'https://provider.invalid/', headers: {} } as const;
      const error = await errorOf(proxied.send(request, { ...LIMITS, connectMs: 100 }, new AbortController().signal));
      expect(error.kind).to.equal('timeout');
      await closed.promise;
    } finally {
      proxied.close();
      if (before === undefined) delete process.env['HTTPS_PROXY'];
      else process.env['HTTPS_PROXY'] = before;
    }
  });

  it('decodes an answer that is compressed although it was not asked to be', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('answer'));
    });
    expect(await (await get(url)).text(100)).to.equal('answer');
  });
});
