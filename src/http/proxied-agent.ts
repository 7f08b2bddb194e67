import type { Agent, AgentOptions, ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProxyAgent } from 'proxy-agent';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';

type ConnectOptions = Parameters<ProxyAgent['connect']>[1];

/** What tunnelling agents are made of, as far as it matters here. */
interface TunnelAgent extends Agent {
  connectOpts: object;
  connect(request: ClientRequest, options: ConnectOptions): Promise<Duplex>;
}

/**
 * Goes through the proxy that the environment names, gives up on one that takes a connection and says nothing, and never
 * takes the answer of one that refuses a tunnel for the upstream's.
 */
export class ProxiedAgent extends ProxyAgent {
  readonly #connectMs: number;
  readonly #guarded = new WeakSet<Agent>();

  /** `connectMs` limits the time until the tunnel is open; 0 waits for ever. */
  constructor(options: AgentOptions, connectMs: number) {
    super(options);
    this.#connectMs = connectMs;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Agent> {
    const agent = await super.connect(request, options);
    if (isTunnel(agent) && !this.#guarded.has(agent)) {
      this.#guarded.add(agent);
      guardTunnel(agent, this.#connectMs);
    }
    return agent;
  }
}

function isTunnel(agent: Agent): agent is TunnelAgent {
  return 'connectOpts' in agent && 'connect' in agent;
}

function guardTunnel(agent: TunnelAgent, connectMs: number): void {
  const connect = agent.connect.bind(agent);
  const settings = agent.connectOpts;
  agent.connect = async (request, options) => {
    let status = 200;
    // Proxies that need no tunnel say something else by this event.
    const note = ({ statusCode }: { readonly statusCode?: number }): number => (status = statusCode ?? 200);
    request.once('proxyConnect', note);
    const givingUp = new AbortController();
    const timer = connectMs > 0 ? setTimeout(() => givingUp.abort(), connectMs) : undefined;
    // Read by connect before it first waits, so that each call has a signal of its own.
    agent.connectOpts = { ...settings, signal: givingUp.signal };
    try {
      const socket = await connect(request, options);
      if (status === 200) return socket;
      socket.destroy();
      throw new Error(`the proxy refused a tunnel with status ${status}`);
    } catch (error) {
      if (!givingUp.signal.aborted) throw error;
      throw Object.assign(new Error('the proxy opened no tunnel in time', { cause: error }), { code: CONNECT_TIMEOUT });
    } finally {
      clearTimeout(timer);
      request.off('proxyConnect', note);
    }
  };
}
