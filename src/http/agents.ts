import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';

const KEEP_ALIVE: AgentOptions = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 64 };
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy'];

/**
 * One connection pool per scheme and connect limit. The usual proxy variables are honoured, except for
 * loopback addresses, which no proxy could reach.
 */
export class AgentPool {
  readonly #pools = new Map<string, HttpAgent>();
  readonly #usesProxy: boolean;
  readonly #proxied = new Map<number, Promise<HttpAgent>>();

  constructor(environment: NodeJS.ProcessEnv) {
    this.#usesProxy = PROXY_VARIABLES.some((name) => environment[name] || environment[name.toUpperCase()]);
  }

  /** Finds the agent for an address. `connectMs` limits the time to an open connection (with TLS: a secured one). */
  find(address: URL, connectMs: number): HttpAgent | Promise<HttpAgent> {
    if (this.#usesProxy && !isLoopback(address.hostname)) {
      return this.#findProxied(connectMs);
    }
    const key = `${address.protocol}${connectMs}`;
    let agent = this.#pools.get(key);
    if (!agent) {
      agent = address.protocol === 'https:' ? new HttpsAgent(KEEP_ALIVE) : new HttpAgent(KEEP_ALIVE);
      if (connectMs > 0) limitConnecting(agent, connectMs, address.protocol === 'https:' ? 'secureConnect' : 'connect');
      this.#pools.set(key, agent);
    }
    return agent;
  }

  /** Closes idle connections and forgets the pools. */
  close(): void {
    for (const agent of this.#pools.values()) agent.destroy();
    this.#pools.clear();
    for (const agent of this.#proxied.values()) void agent.then((made) => made.destroy());
    this.#proxied.clear();
  }

  #findProxied(connectMs: number): Promise<HttpAgent> {
    let agent = this.#proxied.get(connectMs);
    if (!agent) {
      // Few need it, and it is large.
      agent = import('./proxied-agent.ts').then(({ ProxiedAgent }) => new ProxiedAgent(KEEP_ALIVE, connectMs));
      this.#proxied.set(connectMs, agent);
    }
    return agent;
  }
}

/** Whether a host name means this machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function limitConnecting(agent: HttpAgent, connectMs: number, ready: string): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback): Duplex | null | undefined => {
    const socket = connect(options, callback);
    if (!socket) return socket;
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error(`no connection within ${connectMs} ms`), { code: CONNECT_TIMEOUT }));
    }, connectMs);
    const stop = (): void => clearTimeout(timer);
    socket.once(ready, stop).once('close', stop);
    return socket;
  };
}
