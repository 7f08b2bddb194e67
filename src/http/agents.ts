import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** The error code of a socket that took too long to connect. */
export const CONNECT_TIMEOUT = 'CLAUDEX_CONNECT_TIMEOUT';

const KEEP_ALIVE: AgentOptions = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 64 };
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy'];

/**
 * One connection pool per scheme and connect limit. The usual proxy variables are honoured, except for
 * loopback addresses, which no proxy could reach.
 */
export class AgentPool {
  readonly #pools = new Map<string, HttpAgent>();
  readonly #usesProxy: boolean;
  #proxied: Promise<HttpAgent> | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#usesProxy = PROXY_VARIABLES.some((name) => environment[name] || environment[name.toUpperCase()]);
  }

  /** Finds the agent for an address. `connectMs` limits the time to an open connection (with TLS: a secured one). */
  find(address: URL, connectMs: number): HttpAgent | Promise<HttpAgent> {
    if (this.#usesProxy && !isLoopback(address.hostname)) {
      this.#proxied ??= import('proxy-agent').then(({ ProxyAgent }) => new ProxyAgent(KEEP_ALIVE));
      return this.#proxied;
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
    void this.#proxied?.then((agent) => agent.destroy());
  }
}

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
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
