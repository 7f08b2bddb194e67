import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect } from 'chai';
import { describeBoth, errorOf, LIMITS, type ClientBench } from './both-clients.ts';

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const ALL = [...VARIABLES, ...VARIABLES.map((name) => name.toLowerCase())];
const read = (name: string): string =>
  readFileSync(new URL(`../support/certificates/${name}`, import.meta.url), 'utf8');
const none = (): AbortSignal => new AbortController().signal;

/** A proxy that takes every host for this machine. */
interface TestNetworkProxy {
  /** With credentials. */
  readonly url: string;
  /** What was asked for, with the credentials that came along. */
  readonly asked: string[];
  /** A status other than 200 refuses tunnels. */
  status: number;
}

describeBoth('proxies of the network', (bench) => {
  let before: { [name: string]: string | undefined };

  // The library that finds the proxy for an address reads the process's own environment.
  beforeEach(() => {
    before = Object.fromEntries(ALL.map((name) => [name, process.env[name]]));
    for (const name of ALL) delete process.env[name];
  });

  afterEach(() => {
    for (const name of ALL) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  async function ask(variables: { readonly [name: string]: string }, url: string, limits = LIMITS): Promise<string> {
    Object.assign(process.env, variables);
    const client = await bench.create(process.env);
    const response = await client.send({ method: 'POST', url, headers: {}, body: 'question' }, limits, none());
    return response.text(100);
  }

  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) {
    it(`goes through the proxy of ${name} with its credentials`, async () => {
      const upstream = await bench.serve((_request, response) => void response.end('ok'));
      const proxy = await startProxy(bench);
      expect(await ask({ [name]: proxy.url }, upstream.replace('127.0.0.1', 'provider.invalid'))).to.equal('ok');
      expect(proxy.asked).to.have.length(1);
      expect(proxy.asked[0]).to.contain('provider.invalid').and.contain('user:password');
    });
  }

  it('opens a tunnel for TLS, whose certificate must be that of the upstream', async () => {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, read('authority.pem')]);
    try {
      const server = createSecureServer(
        { key: read('server.key'), cert: read('elsewhere.pem') },
        (_request, response) => response.end('ok'),
      );
      const upstream = await bench.open(server, 'https');
      const proxy = await startProxy(bench);
      expect(await ask({ HTTPS_PROXY: proxy.url }, upstream.replace('127.0.0.1', 'elsewhere.invalid'))).to.equal('ok');
      expect(proxy.asked).to.have.length(1);
      const error = await errorOf(ask({}, upstream.replace('127.0.0.1', 'provider.invalid')));
      expect([error.kind, error.isPermanent]).to.deep.equal(['connection', true]);
    } finally {
      setDefaultCACertificates(trusted);
    }
  });

  for (const status of [403, 407, 502]) {
    it(`says that the proxy refused the tunnel with ${status}, without credentials`, async () => {
      const proxy = await startProxy(bench);
      proxy.status = status;
      const error = await errorOf(ask({ HTTPS_PROXY: proxy.url }, 'https://provider.invalid/?key=secret'));
      expect(error.kind).to.equal('connection');
      expect(error.message).to.contain(`refused a tunnel with status ${status}`);
      expect(`${error.message} ${error.stack} ${String(error.cause)}`)
        .to.not.contain('password')
        .and.not.contain('secret');
    });
  }

  it('says that the proxy cannot be reached, without credentials', async () => {
    const server = createServer();
    const url = await bench.open(server);
    await new Promise((resolve) => server.close(resolve));
    const proxy = url.replace('//', '//user:password@');
    const error = await errorOf(ask({ HTTPS_PROXY: proxy, HTTP_PROXY: proxy }, 'http://provider.invalid/?key=secret'));
    expect(error.kind).to.equal('connection');
    expect(`${error.message} ${error.stack}`).to.not.contain('password').and.not.contain('secret');
  });

  it('never sends an address of this machine to a proxy', async () => {
    const upstream = await bench.serve((_request, response) => void response.end('ok'));
    const proxy = await startProxy(bench);
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await ask({ HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url }, upstream.replace('127.0.0.1', host))).to.equal(
        'ok',
      );
    }
    expect(proxy.asked).to.deep.equal([]);
  });

  it('goes past the proxy to a host of NO_PROXY', async () => {
    const proxy = await startProxy(bench);
    const variables = { HTTP_PROXY: proxy.url, NO_PROXY: 'other.invalid,provider.invalid' };
    const error = await errorOf(ask(variables, 'http://provider.invalid/'));
    expect(error.message).to.match(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).to.deep.equal([]);
  });

  it('gives up a proxy that takes a connection and says nothing, and its socket', async () => {
    const closed = Promise.withResolvers<void>();
    const silent = await bench.serveBytes((socket) => void socket.resume().once('close', () => closed.resolve()));
    const limits = { ...LIMITS, connectMs: 100 };
    const error = await errorOf(ask({ HTTPS_PROXY: silent }, 'https://provider.invalid/', limits));
    expect(error.kind).to.equal('timeout');
    await closed.promise;
  });

  it('repeats a request whose used connection through the proxy was reset', async () => {
    let connections = 0;
    const upstream = await bench.serveBytes((socket) => {
      connections += 1;
      socket.on('data', (piece: Buffer) => {
        if (piece.toString().endsWith('question'))
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', () => socket.resetAndDestroy());
      });
    });
    process.env['HTTP_PROXY'] = upstream;
    const client = await bench.create(process.env);
    const request = { method: 'POST', url: 'http://provider.invalid/', headers: {}, body: 'question' } as const;
    for (let n = 0; n < 20; n += 1) expect(await (await client.send(request, LIMITS, none())).text(10)).to.equal('ok');
    expect(connections).to.be.greaterThan(1);
  });
});

async function startProxy(bench: ClientBench): Promise<TestNetworkProxy> {
  const asked: string[] = [];
  const note = (request: IncomingMessage): void => {
    const credentials = (request.headers['proxy-authorization'] ?? '').replace('Basic ', '');
    asked.push(`${request.url} ${Buffer.from(credentials, 'base64').toString()}`);
  };
  const server = createServer((request, response) => {
    note(request);
    request.resume().on('end', () => response.end('ok'));
  });
  server.on('connect', (request, client: Socket) => {
    note(request);
    client.on('error', () => client.destroy());
    if (proxy.status !== 200) {
      client.end(`HTTP/1.1 ${proxy.status} Refused\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  const proxy = { url: (await bench.open(server)).replace('//', '//user:password@'), asked, status: 200 };
  return proxy;
}
