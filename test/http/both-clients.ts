import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer, type Server, type Socket } from 'node:net';
import {
  createExchangeClient,
  createNodeFetchClient,
  UpstreamError,
  type HttpLimits,
  type HttpResponse,
  type UpstreamClient,
} from '../../src/http/index.ts';
import { listen } from '../support/listen.ts';

/** Clocks that no test reaches by accident. */
export const LIMITS: HttpLimits = { connectMs: 5_000, firstByteMs: 5_000, idleMs: 5_000 };

/** One client with servers to call. Everything is closed after each test. */
export interface ClientBench {
  readonly client: UpstreamClient;
  /** Makes another client, for this environment. */
  create(environment: NodeJS.ProcessEnv): Promise<UpstreamClient>;
  /** Serves HTTP on loopback and gives the address. */
  serve(listener: RequestListener): Promise<string>;
  /** Serves bytes on loopback and gives the address. */
  serveBytes(listener: (socket: Socket) => void): Promise<string>;
  /** Has any server listen, and gives the address with this scheme. */
  open(server: Server, scheme?: string): Promise<string>;
  get(url: string, limits?: HttpLimits, signal?: AbortSignal): Promise<HttpResponse>;
  post(url: string, body: string | Uint8Array, limits?: HttpLimits, signal?: AbortSignal): Promise<HttpResponse>;
  /** The connections that the servers have open. */
  readonly sockets: ReadonlySet<Socket>;
}

const CLIENTS: { readonly [name: string]: (environment: NodeJS.ProcessEnv) => Promise<UpstreamClient> } = {
  'the client for exchanges': createExchangeClient,
  'the client for everything else': async (environment) => createNodeFetchClient(environment),
};

/** Describes what both clients promise, once for each. */
export function describeBoth(what: string, define: (bench: ClientBench) => void): void {
  for (const [name, create] of Object.entries(CLIENTS)) {
    describe(`${name}, ${what}`, () => define(useBench(create)));
  }
}

/** Waits for the {@link UpstreamError} that work ends with. */
export async function errorOf(work: Promise<unknown>): Promise<UpstreamError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Makes a bench for the tests of the suite that calls this. */
export function useBench(create: (environment: NodeJS.ProcessEnv) => Promise<UpstreamClient>): ClientBench {
  let clients: UpstreamClient[] = [];
  let servers: Server[] = [];
  const sockets = new Set<Socket>();

  async function make(environment: NodeJS.ProcessEnv): Promise<UpstreamClient> {
    const client = await create(environment);
    clients.push(client);
    return client;
  }

  async function open(server: Server, scheme = 'http'): Promise<string> {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    });
    return `${scheme}://127.0.0.1:${await listen(server)}`;
  }

  beforeEach(() => make({}));

  afterEach(() => {
    for (const client of clients) client.close();
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
    clients = [];
    servers = [];
  });

  const none = (): AbortSignal => new AbortController().signal;
  const bench: ClientBench = {
    get client() {
      const [client] = clients;
      if (!client) throw new Error('there is a client only while a test runs');
      return client;
    },
    create: make,
    serve: (listener) => open(createServer(listener)),
    serveBytes: (listener) => open(createRawServer(listener)),
    open,
    get: (url, limits = LIMITS, signal = none()) =>
      bench.client.send({ method: 'GET', url, headers: {} }, limits, signal),
    post: (url, body, limits = LIMITS, signal = none()) =>
      bench.client.send({ method: 'POST', url, headers: {}, body }, limits, signal),
    sockets,
  };
  return bench;
}
