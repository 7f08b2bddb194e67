import type { Agent, AgentOptions, ClientRequest } from 'node:http';
import { ProxyAgent } from 'proxy-agent';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';

type ConnectOptions = Parameters<ProxyAgent['connect']>[1];

/** What tunnelling agents are made of, as far as it matters here. */
interface TunnelAgent extends Agent {
  connectOpts: object;
  connect(request: ClientRequest, options: ConnectOptions): Promise<unknown>;
}

/** Goes through the proxy that the environment names, and gives up on one that takes a connection and says nothing. */
export class ProxiedAgent extends ProxyAgent {
  readonly #connectMs: number;
  readonly #limited = new WeakSet<Agent>();

  /** `connectMs` limits the time until the tunnel is open; 0 waits for ever. */
  constructor(options: AgentOptions, connectMs: number) {
    super(options);
    this.#connectMs = connectMs;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Agent> {
    const agent = await super.connect(request, options);
    if (this.#connectMs > 0 && isTunnel(agent) && !this.#limited.has(agent)) {
      this.#limited.add(agent);
      limitTunnel(agent, this.#connectMs);
    }
    return agent;
  }
}

function isTunnel(agent: Agent): agent is TunnelAgent {
  return 'connectOpts' in agent && 'connect' in agent;
}

function limitTunnel(agent: TunnelAgent, connectMs: number): void {
  const connect = agent.connect.bind(agent);
  const settings = agent.connectOpts;
  agent.connect = async (request, options) => {
    const givingUp = new AbortController();
    const timer = setTimeout(() => givingUp.abort(), connectMs);
    // Read by connect before it first waits, so that each call has a signal of its own.
    agent.connectOpts = { ...settings, signal: givingUp.signal };
    try {
      return await connect(request, options);
    } catch (error) {
      if (!givingUp.signal.aborted) throw error;
      throw Object.assign(new Error('the proxy opened no tunnel in time', { cause: error }), { code: CONNECT_TIMEOUT });
    } finally {
      clearTimeout(timer);
    }
  };
}
