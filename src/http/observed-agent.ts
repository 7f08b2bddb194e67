import type { Agent, ClientRequest } from 'node:http';

/** The part of Node's agents that hands a request to a connection; its types leave it out. */
interface RequestTaker {
  addRequest(request: ClientRequest, ...more: unknown[]): void;
}

/** An agent for one call, which tells what became of its request. */
export interface ObservedAgent {
  readonly agent: Agent;
  /** Whether the request went out on a connection that had been used before, and no byte came back. */
  isStale(): boolean;
  /** Whether the connection was reset or failed otherwise. */
  isBroken(): boolean;
}

/** Lets `agent` do its work and watches the one request that goes through. */
export function observe(agent: Agent): ObservedAgent {
  let request: ClientRequest | undefined;
  let bytesBefore = 0;
  const observed = Object.create(agent) as Agent & RequestTaker;
  observed.addRequest = (taken, ...more) => {
    request = taken;
    taken.once('socket', (socket) => (bytesBefore = socket.bytesRead));
    (agent as Agent & RequestTaker).addRequest(taken, ...more);
  };
  return {
    agent: observed,
    isStale: () => request?.reusedSocket === true && request.socket?.bytesRead === bytesBefore,
    isBroken: () => Boolean(request?.socket?.errored),
  };
}
