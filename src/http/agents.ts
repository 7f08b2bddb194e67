import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';
import { usesProxy } from './proxy-variables.ts';

const KEEP_ALIVE: AgentOptions = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 64 };
const FRESH: AgentOptions = { keepAlive: false };

/** Which connection a request may take. */
export interface Wish {
  /** Limits the time to an open connection (with TLS: a secured one), in milliseconds; 0 does not. */
  readonly connectMs: number;
  /** One that was not used before. */
  readonly isFresh: boolean;
}

/**
 * One connection pool per scheme and wish. The usual proxy variables are honoured, except for loopback addresses, which no
 * proxy could reach.
 */
export class AgentPool {
  readonly #pools = new Map<string, HttpAgent | Promise<HttpAgent>>();
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** Finds the agent for an address. */
  find(address: URL, wish: Wish): HttpAgent | Promise<HttpAgent> {
    const isProxied = usesProxy(address, this.#environment);
    const key = `${isProxied ? 'proxied' : address.protocol} ${wish.connectMs} ${wish.isFresh}`;
    let agent = this.#pools.get(key);
    if (!agent) {
      agent = isProxied ? makeProxied(wish) : makeDirect(address.protocol, wish);
      this.#pools.set(key, agent);
    }
    return agent;
  }

  /** Closes idle connections and forgets the pools. */
  close(): void {
    for (const agent of this.#pools.values()) void Promise.resolve(agent).then((made) => made.destroy());
    this.#pools.clear();
  }
}

async function makeProxied({ connectMs, isFresh }: Wish): Promise<HttpAgent> {
  // Few need it, and it is large.
  const { ProxiedAgent } = await import('./proxied-agent.ts');
  return new ProxiedAgent(isFresh ? FRESH : KEEP_ALIVE, connectMs);
}

function makeDirect(protocol: string, { connectMs, isFresh }: Wish): HttpAgent {
  const isSecured = protocol === 'https:';
  const options = isFresh ? FRESH : KEEP_ALIVE;
  const agent = isSecured ? new HttpsAgent(options) : new HttpAgent(options);
  if (connectMs > 0) limitConnecting(agent, connectMs, isSecured ? 'secureConnect' : 'connect');
  return agent;
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
