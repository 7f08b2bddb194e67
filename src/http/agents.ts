import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';
import { usesProxy } from './proxy-variables.ts';

const KEEP_ALIVE: AgentOptions = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 64 };
const FRESH: AgentOptions = { keepAlive: false };

/** Which connection a request needs. */
export interface ConnectionNeeds {
  /** Limits the time to an open connection (with TLS: a secured one), in milliseconds; 0 does not. */
  readonly connectMs: number;
  /** One that was not used before. */
  readonly isFresh: boolean;
}

/** Makes an agent that goes through a proxy of the network. */
type MakeProxied = (needs: ConnectionNeeds) => Promise<HttpAgent>;

/**
 * One connection pool per scheme and needs. The usual proxy variables are honoured, except for loopback addresses, which no
 * proxy could reach.
 */
export class AgentPool {
  readonly #pools = new Map<string, HttpAgent | Promise<HttpAgent>>();
  readonly #environment: NodeJS.ProcessEnv;
  readonly #makeProxied: MakeProxied;

  constructor(environment: NodeJS.ProcessEnv, makeProxied: MakeProxied = loadProxied) {
    this.#environment = environment;
    this.#makeProxied = makeProxied;
  }

  /** Finds the agent for an address. */
  find(address: URL, needs: ConnectionNeeds): HttpAgent | Promise<HttpAgent> {
    const isProxied = usesProxy(address, this.#environment);
    const key = `${isProxied ? 'proxied' : address.protocol} ${needs.connectMs} ${needs.isFresh}`;
    let agent = this.#pools.get(key);
    if (!agent) {
      agent = isProxied ? this.#proxied(key, needs) : makeDirect(address.protocol, needs);
      this.#pools.set(key, agent);
    }
    return agent;
  }

  /** Closes idle connections and forgets the pools. */
  close(): void {
    for (const agent of this.#pools.values())
      void Promise.resolve(agent).then(
        (made) => made.destroy(),
        () => undefined,
      );
    this.#pools.clear();
  }

  /** One that could not be loaded is tried again with the next request. */
  async #proxied(key: string, needs: ConnectionNeeds): Promise<HttpAgent> {
    try {
      return await this.#makeProxied(needs);
    } catch (error) {
      this.#pools.delete(key);
      throw error;
    }
  }
}

async function loadProxied({ connectMs, isFresh }: ConnectionNeeds): Promise<HttpAgent> {
  // Few need it, and it is large.
  const { ProxiedAgent } = await import('./proxied-agent.ts');
  return new ProxiedAgent(isFresh ? FRESH : KEEP_ALIVE, connectMs);
}

function makeDirect(protocol: string, { connectMs, isFresh }: ConnectionNeeds): HttpAgent {
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
